/** Where `pnpm build:page` puts the page. A bundle of the service has the same folder next to it. */
export const PAGE_FOLDER = new URL("./assets/", import.meta.url);
