/**
 * Lets several workers work at the same time. When one fails, the others are told and waited for: nothing goes on when the
 * promise is settled.
 *
 * @param work is to return soon after `isStopped` has become true
 * @throws what the first one threw
 */
export async function together<Worker>(
  workers: readonly Worker[],
  work: (worker: Worker, isStopped: () => boolean) => Promise<void>,
): Promise<void> {
  const errors: unknown[] = [];
  await Promise.all(
    workers.map(async (worker) => {
      try {
        await work(worker, () => errors.length > 0);
      } catch (error) {
        errors.push(error);
      }
    }),
  );
  if (errors.length > 0) throw errors[0];
}
