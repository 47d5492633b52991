/** What a month costs on both clouds, for the pages about them. */
export { fleetCosts, settingsCosts } from "./cloud-pages.ts";
