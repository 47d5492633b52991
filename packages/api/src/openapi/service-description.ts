/** The answer to a client that asks for `/` without numbers. */
export const description = {
  name: "Sorted",
  description: "Sorts the numbers in loose JSON and returns each with the digits that it was sent with.",
  example: {
    request: 'POST / with {"x1":"[3, 10, -2.5]","x2":"7","x3":1}',
    answer: '{"sorted":[-2.5,1,3,7,10]}',
  },
  methods: ["POST", "QUERY", "GET"],
  contentTypes: ["application/json", "text/plain", "text/csv"],
  options: {
    order: "asc or desc",
    unique: "true or false",
    limit: "how many numbers to return",
    numbers: "string",
  },
  reference: "/docs",
  openapi: "/openapi.json",
  errors: "/errors",
};
