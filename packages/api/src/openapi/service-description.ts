/** What a client is told that asks for the index without numbers. */
export const description = {
  name: "Sorted",
  description:
    "Takes numbers in loose JSON and gives them back in order, with the digits that they were sent with.",
  example: {
    request: 'POST / with {"x1":"[3, 10, -2.5]","x2":"7","x3":1}',
    answer: '{"sorted":[-2.5,1,3,7,10]}',
  },
  methods: ["POST", "QUERY", "GET"],
  contentTypes: ["application/json", "text/plain", "text/csv"],
  options: {
    order: "asc or desc",
    unique: "true or false",
    limit: "how many of the first",
    numbers: "string",
  },
  reference: "/docs",
  openapi: "/openapi.json",
  errors: "/errors",
};
