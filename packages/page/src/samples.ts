const A_MILLION = 1_000_000;

/** Inputs to try, by the names of their buttons. */
export const samples: { readonly [name: string]: () => string } = {
  mixed: () => '{"x1": "[3, 10, -2.5]", "x2": "7", "x3": 1}',
  exact: () =>
    "[9007199254740993, 9007199254740992, 1e401, 1e400,\n 0.1, 0.10000000000000000001, -1e-400, 0, 1.0, 1]",
  csv: () => "12.5;3;-7\n0.25;1e3;42\n8;8.0;-0.5\n",
  table: () => "item\tprice\tpieces\ntea\t2.50\t3\nmilk\t1.25\t12\nbread\t4.80\t2\n",
  mistake: () => '{"x1": "[3, 10, -2.5]", "x2": true, "x3": 1}',
  million: aMillion,
};

/** Typical sums of money: of both signs, most small, a few very large. */
function aMillion(): string {
  const normal = () => Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
  return Array.from({ length: A_MILLION }, () => {
    const sign = Math.random() < 0.3 ? -1 : 1;
    return (sign * 10 ** (2 + 1.5 * normal())).toFixed(2);
  }).join("\n");
}
