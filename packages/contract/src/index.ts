/** What the service and its clients agree on. */
export { grammarOf, grammarOfFile, INPUT_TYPES, type InputType } from "./media-types.ts";
export {
  isProblemCode,
  PROBLEM_TYPE,
  type Problem,
  type ProblemCode,
  ProblemError,
  type ProblemPlace,
  problem,
  problemDefinitions,
  problemsIntroduction,
} from "./problems.ts";
export { NO_QUERY, type Parameter, parseQuery, requireOptionsOnly, type SortQuery } from "./query.ts";
