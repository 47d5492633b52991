import type { Cases } from "./case.ts";

/** Where a fault is. */
interface Place {
  readonly line: number;
  readonly pointer: string | undefined;
}

const at = (line: number, pointer?: string): Place => ({ line, pointer });

const field = { field: "price" } as const;

/** JSON Lines; the place of a fault is its line, and the pointer in the document on it. */
export const jsonLines: Cases<Place> = {
  accepted: [
    ["3\n1\n2\n", "1 2 3"],
    ['{"a":3}\r\n\r\n["2",[1]]', "1 2 3"],
    ["\ufeff\n 1 \n\n", "1"],
    ['{"price":2,"id":9}\n{"id":8,"price":"1"}\n', "1 2", field],
    ['{"a":{"b":[5,{"c":2}]},"x":true}\n', "2", { field: "/a/b/1/c" }],
    ['{"price":[3,1]}\n{"price":{"net":2}}\n', "1 2 3", field],
    ['{"price":1,"price":2}\n', "1 2", field],
    ['{"pr\\u0069ce":1}\n', "1", field],
    ['{"a/b":1,"m~n":2}\n', "1", { field: "/a~1b" }],
    ['{"price":null}\n{"price":""}\n{"id":1}\n7\n{"price":4}\n', "4", { ...field, empty: "skip" }],
  ],
  refused: [
    [" \n^", "EMPTY_INPUT", at(1)],
    ["1\n[2^\n3]", "INVALID_JSON", at(2, "")],
    ["1\n2 ^3", "INVALID_JSON", at(2, "")],
    ['1\n{"a":^x}', "INVALID_JSON", at(2, "/a")],
    ['1\n{"a":^true}', "NOT_A_NUMBER", at(2, "/a")],
    ['{"price":1}\n^{"id":2}\n', "NOT_A_NUMBER", at(2, ""), field],
    ['{"price":^null}\n', "NOT_A_NUMBER", at(1, "/price"), field],
    ['{"id":^x,"price":1}\n', "INVALID_JSON", at(1, "/id"), field],
    ["^7\n", "NOT_A_NUMBER", at(1, ""), field],
  ],
};
