import type { DocumentCases } from "./case.ts";

/**
 * UTF-8 as table 3-7 of the Unicode standard has it. Each sequence stands in a name, where any character may stand;
 * those that are refused also elsewhere. The fault is where the sequence begins.
 */
export const utf8: DocumentCases = {
  accepted: [
    // The lowest and the highest of each length.
    [{ bytes: '{"\x7f":1}' }, "1"],
    [{ bytes: '{"\xc2\x80":1}' }, "1"],
    [{ bytes: '{"\xdf\xbf":1}' }, "1"],
    [{ bytes: '{"\xe0\xa0\x80":1}' }, "1"],
    [{ bytes: '{"\xe1\x80\x80":1}' }, "1"],
    [{ bytes: '{"\xec\xbf\xbf":1}' }, "1"],
    [{ bytes: '{"\xed\x80\x80":1}' }, "1"],
    [{ bytes: '{"\xed\x9f\xbf":1}' }, "1"],
    [{ bytes: '{"\xee\x80\x80":1}' }, "1"],
    [{ bytes: '{"\xef\xbf\xbf":1}' }, "1"],
    [{ bytes: '{"\xf0\x90\x80\x80":1}' }, "1"],
    [{ bytes: '{"\xf1\x80\x80\x80":1}' }, "1"],
    [{ bytes: '{"\xf3\xbf\xbf\xbf":1}' }, "1"],
    [{ bytes: '{"\xf4\x80\x80\x80":1}' }, "1"],
    [{ bytes: '{"\xf4\x8f\xbf\xbf":1}' }, "1"],

    // U+FFFD itself, a byte order mark and noncharacters are characters.
    [{ bytes: '{"\xef\xbf\xbd":1}' }, "1"],
    [{ bytes: '{"\xef\xbb\xbf":1}' }, "1"],
    [{ bytes: '{"\xef\xbf\xbe\xef\xb7\x90":1}' }, "1"],
    [{ bytes: "\xef\xbb\xbf[1]" }, "1"],
  ],
  refused: [
    // Bytes that begin nothing.
    [{ bytes: '{"^\x80":1}' }, "INVALID_UTF8", ""],
    [{ bytes: '{"^\xbf":1}' }, "INVALID_UTF8", ""],
    [{ bytes: '{"^\xf5\x80\x80\x80":1}' }, "INVALID_UTF8", ""],
    [{ bytes: '{"^\xf8\x88\x80\x80\x80":1}' }, "INVALID_UTF8", ""],
    [{ bytes: '{"^\xfc\x84\x80\x80\x80\x80":1}' }, "INVALID_UTF8", ""],
    [{ bytes: '{"^\xfe":1}' }, "INVALID_UTF8", ""],
    [{ bytes: '{"^\xff":1}' }, "INVALID_UTF8", ""],
    [{ bytes: '{"\xc3\xa9^\xa9":1}' }, "INVALID_UTF8", ""],

    // Overlong.
    [{ bytes: '{"^\xc0\x80":1}' }, "INVALID_UTF8", ""],
    [{ bytes: '{"^\xc0\xb1":1}' }, "INVALID_UTF8", ""],
    [{ bytes: '{"^\xc1\xbf":1}' }, "INVALID_UTF8", ""],
    [{ bytes: '{"^\xe0\x80\xb1":1}' }, "INVALID_UTF8", ""],
    [{ bytes: '{"^\xe0\x9f\xbf":1}' }, "INVALID_UTF8", ""],
    [{ bytes: '{"^\xf0\x80\x80\xb1":1}' }, "INVALID_UTF8", ""],
    [{ bytes: '{"^\xf0\x8f\xbf\xbf":1}' }, "INVALID_UTF8", ""],

    // Surrogates, and beyond U+10FFFF.
    [{ bytes: '{"^\xed\xa0\x80":1}' }, "INVALID_UTF8", ""],
    [{ bytes: '{"^\xed\xbf\xbf":1}' }, "INVALID_UTF8", ""],
    [{ bytes: '{"^\xed\xa0\xbd\xed\xb8\x80":1}' }, "INVALID_UTF8", ""],
    [{ bytes: '{"^\xf4\x90\x80\x80":1}' }, "INVALID_UTF8", ""],
    [{ bytes: '{"^\xf4\xbf\xbf\xbf":1}' }, "INVALID_UTF8", ""],

    // Truncated, by another character or by the end.
    [{ bytes: '{"^\xc3":1}' }, "INVALID_UTF8", ""],
    [{ bytes: '{"^\xc3(":1}' }, "INVALID_UTF8", ""],
    [{ bytes: '{"^\xc3\xc3\xa9":1}' }, "INVALID_UTF8", ""],
    [{ bytes: '{"^\xe2\x82":1}' }, "INVALID_UTF8", ""],
    [{ bytes: '{"^\xe2\x28\xa1":1}' }, "INVALID_UTF8", ""],
    [{ bytes: '{"^\xe2\x82(":1}' }, "INVALID_UTF8", ""],
    [{ bytes: '{"^\xe2\x82\xc0":1}' }, "INVALID_UTF8", ""],
    [{ bytes: '{"^\xf0\x9f":1}' }, "INVALID_UTF8", ""],
    [{ bytes: '{"^\xf0\x9f\x98":1}' }, "INVALID_UTF8", ""],
    [{ bytes: '{"^\xf0\x9f(\x80":1}' }, "INVALID_UTF8", ""],
    [{ bytes: '{"^\xf0\x9f\x98\xff":1}' }, "INVALID_UTF8", ""],
    [{ bytes: '{"^\xc3' }, "INVALID_UTF8", ""],
    [{ bytes: '{"^\xe2\x82' }, "INVALID_UTF8", ""],
    [{ bytes: '{"^\xf0\x9f\x98' }, "INVALID_UTF8", ""],

    // In leaves, behind backslashes, between tokens, in place of the document.
    [{ bytes: '"^\xff"' }, "INVALID_UTF8", ""],
    [{ bytes: '"1^\xff"' }, "INVALID_UTF8", ""],
    [{ bytes: '["0","[1,^\xc3]"]' }, "INVALID_UTF8", "/1"],
    [{ bytes: '{"\\^\xff":1}' }, "INVALID_UTF8", ""],
    [{ bytes: '{"\\u00^\xff1":1}' }, "INVALID_UTF8", ""],
    [{ bytes: "^\xff" }, "INVALID_UTF8", ""],
    [{ bytes: "[^\xff]" }, "INVALID_UTF8", "/0"],
    [{ bytes: "[1^\xff]" }, "INVALID_UTF8", ""],
    [{ bytes: "[1,^\x80]" }, "INVALID_UTF8", "/1"],
    [{ bytes: "{^\xff}" }, "INVALID_UTF8", ""],
    [{ bytes: "1^\xff" }, "INVALID_UTF8", ""],
    [{ bytes: "-^\xff" }, "INVALID_UTF8", ""],
    [{ bytes: "1.^\xff" }, "INVALID_UTF8", ""],

    // A character that is UTF-8 is only in the wrong place.
    ['"^é"', "NOT_A_NUMBER", ""],
    ['"1^😀"', "NOT_A_NUMBER", ""],
    ["[^é]", "INVALID_JSON", "/0"],

    // Of several faults, the lowest offset counts.
    [{ bytes: '["^x",\xff]' }, "NOT_A_NUMBER", "/0"],
    [{ bytes: '"^x\xff"' }, "NOT_A_NUMBER", ""],
    [{ bytes: '"^1e1000000000\xff"' }, "EXPONENT_OUT_OF_RANGE", ""],
    [{ bytes: "[1 ^x\xff]" }, "INVALID_JSON", ""],
    [{ bytes: '[^null,"\xff"]' }, "NOT_A_NUMBER", "/0"],

    // A byte order mark that is cut short, and those of UTF-16 and UTF-32.
    [{ bytes: "^\xef" }, "INVALID_UTF8", ""],
    [{ bytes: "^\xef\xbb" }, "INVALID_UTF8", ""],
    [{ bytes: "^\xef\xbb1" }, "INVALID_UTF8", ""],
    [{ bytes: "1^\x00" }, "INVALID_JSON", ""],
    [{ bytes: "^\x001" }, "INVALID_JSON", ""],
    [{ bytes: "\xef\xbb\xbf^\xff" }, "INVALID_UTF8", ""],
  ],
};
