/** Programs cut longer links. */
const MOST_CHARACTERS = 4000;

/**
 * A link to this page that carries a draft, in its fragment: browsers don't send that to any server.
 *
 * @returns undefined if the draft is too large for a link
 */
export function linkTo(draft: URLSearchParams): string | undefined {
  const link = `${location.origin}${location.pathname}#${draft}`;
  return link.length > MOST_CHARACTERS ? undefined : link;
}

/** The draft in the page's own address, which loses it: what the user changes from now on would not be in it. */
export function takeDraftFromLink(): URLSearchParams | undefined {
  const draft = new URLSearchParams(location.hash.slice(1));
  if (!draft.has("input")) return undefined;
  history.replaceState(null, "", location.pathname + location.search);
  return draft;
}

/** Calls back when the address gets another fragment, such as that of a pasted link. */
export function watchLink(onChange: () => void): void {
  addEventListener("hashchange", onChange);
}
