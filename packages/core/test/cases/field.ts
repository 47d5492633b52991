import type { DocumentCases } from "./case.ts";

const price = { field: "price" } as const;

/** One member of each record of a JSON document: of each element where it is an array, else of the document. */
export const field: DocumentCases = {
  accepted: [
    ['[{"price":2,"name":"tea"},{"price":"1","ok":true}]', "1 2", price],
    ['{"price":[2,1],"name":null}', "1 2", price],
    ['{"a":{"price":1},"price":2}', "2", price],
    ["[]", "", price],
    ['[{"price":null},{},7,[],{"price":3}]', "3", { ...price, empty: "skip" }],
    ["[[1,2],[3,4]]", "2 4", { field: "/1" }],
    ['{"a":[{"b":1},{"b":2}]}', "2", { field: "/a/1/b" }],
  ],
  refused: [
    ['[{"price":2},^{"name":"tea"}]', "NOT_A_NUMBER", "/1", price],
    ['[{"price":^null}]', "NOT_A_NUMBER", "/0/price", price],
    ['[{"price":"^"}]', "NOT_A_NUMBER", "/0/price", price],
    ['[{"name":^tea,"price":1}]', "INVALID_JSON", "/0/name", price],
    ['[{"name":-^,"price":1}]', "INVALID_JSON", "/0/name", price],
    ['[{"name":"\\^x","price":1}]', "INVALID_JSON", "/0/name", price],
  ],
};
