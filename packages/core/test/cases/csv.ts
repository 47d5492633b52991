import type { TextCases } from "./case.ts";

const table = { header: "present", column: "price" } as const;

/** CSV: fields in quotation marks, and one column of a table. */
export const csv: TextCases = {
  accepted: [
    ["2,1\n", "1 2"],
    ['"2","1"\r\n"3"', "1 2 3"],
    ['" 2 ",1', "1 2"],
    ['"2,5";"1,5"', "1.5 2.5", { decimal: "comma" }],
    ['1,"",2', "1 2", { empty: "skip" }],
    ["1,2\n,3\n", "1 2 3", { empty: "skip" }],
    ['"a","b\n""c"""\n2,1', "1 2", { header: "present" }],

    // A column by its heading, or its number.
    ["item,price\ntea,2\nmilk,1\n", "1 2", table],
    ['"item","price"\n"tea, ""green""\nleaves","2"\n', "2", table],
    ["item;price\ntea;2,5\nmilk;-1,25\n", "-1.25 2.5", { ...table, decimal: "comma" }],
    ["item\tprice\na,b\t2\n", "2", table],
    ["price\n2\n1\n", "1 2", table],
    ["\ufeffprice\n2", "2", table],
    ["item, price \ntea, 2 \n", "2", table],
    ["a,b\n1,4\n2,3\n", "3 4", { header: "present", column: 2 }],
    ["a,b\n1,4\n2,3\n", "3 4", { header: "present", column: "2" }],
    ["1,4\n2,3\n", "3 4", { column: 2 }],
    ["x,4\r\ny,3\r\n", "3 4", { column: "2" }],
    ["item,price\n", "", table],
    ["item,price,\ntea,2,\n", "2", table],
    ["item,price\ntea,2,\n", "2", table],
    ["a,b\n1,2\n\n3,4\n", "2 4", { header: "present", column: "b" }],
    ["item,price\ntea,\nmilk,1\nbread\n", "1", { ...table, empty: "skip" }],
    ['item,price\ntea,""\nmilk,1\n', "1", { ...table, empty: "skip" }],
    ["1,4\n2,3\n5,1", "4 3 1", { column: 2, order: "desc" }],
  ],
  refused: [
    ["^", "EMPTY_INPUT", 1],
    ["1,^,2", "NOT_A_NUMBER", 1],
    ["^,1", "NOT_A_NUMBER", 1],
    ['"1^,234.50",2', "NOT_A_NUMBER", 1],
    ['"^",2', "NOT_A_NUMBER", 1],
    ["1,2\n^,3\n", "NOT_A_NUMBER", 2],
    ['"1^', "NOT_A_NUMBER", 1],
    ['"1"^2', "NOT_A_NUMBER", 1],
    ["^[1,2]", "NOT_A_NUMBER", 1],

    ["item,price\ntea,^dear\n", "NOT_A_NUMBER", 2, table],
    ["item,price\ntea,2^x\n", "NOT_A_NUMBER", 2, table],
    ["item,price\ntea,^\n", "NOT_A_NUMBER", 2, table],
    ["item,price\n\ntea^\n", "NOT_A_NUMBER", 3, table],
    ["item;price\ntea;2^,5\n", "NOT_A_NUMBER", 2, table],
    ["item,price\ntea,2,^5\n", "INVALID_CSV", 2, table],
    ['item,price\n"tea"^x,2\n', "INVALID_CSV", 2, table],
    ['item,price\n"tea,2\n^', "INVALID_CSV", 3, table],
    ["item;price^, EUR\ntea;2\n", "AMBIGUOUS_SEPARATOR", 1, table],
    [{ bytes: "item,price\n^\xff,2\n" }, "INVALID_UTF8", 2, table],
    ["item,price\ntea,^1e1000000000\n", "EXPONENT_OUT_OF_RANGE", 2, table],
    ["item,price\na,1\nb,^2\n", "TOO_MANY_NUMBERS", 3, { ...table, maxNumbers: 1 }],
  ],
};
