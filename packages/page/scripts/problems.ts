import { problemDefinitions, problemsIntroduction } from "@sorted/contract";

const problems = Object.entries(problemDefinitions);

/**
 * Puts the problems into a document, where it has a comment with the name of a part. `src/errors.html` has all three: it
 * becomes the page that the `type` of every problem points to.
 *
 * @throws {Error} if a comment names no part
 */
export function withProblems(html: string): string {
  const parts: { readonly [name: string]: string } = {
    introduction: toHtml(problemsIntroduction),
    codes: problems
      .map(
        ([code, { status }]) =>
          `<li><span class="status">${status}</span> <a href="#${code}"><code>${code}</code></a></li>`,
      )
      .join("\n"),
    problems: problems.map(section).join("\n"),
  };
  return html.replace(/<!-- (\w+) -->/g, (_comment, name) => {
    const part = parts[name];
    if (part === undefined) throw new Error(`a document wants ${name}, which nothing makes`);
    return part;
  });
}

function section([code, { status, title, description }]: (typeof problems)[number]): string {
  return [
    `<section class="card" id="${code}" aria-labelledby="title-${code}">`,
    `<h2 id="title-${code}">${code}</h2>`,
    `<p class="title"><span class="status">${status}</span> ${toHtml(title)}</p>`,
    `<p>${toHtml(description)}</p>`,
    "</section>",
  ].join("\n");
}

/** A text whose code stands in backticks. */
function toHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replace(/`([^`]*)`/g, "<code>$1</code>");
}
