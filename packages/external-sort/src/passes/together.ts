/**
 * Lets several workers work at the same time. When one fails, the others are told to stop, and the promise settles only
 * after they have.
 *
 * @param work must return soon after `isStopped` has become true
 * @throws what the first worker to fail threw
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
