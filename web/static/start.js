// Begins with the program before the page is whole: this is the one script that does not wait for it.
import { load } from "./thalweg-demo.js";

// page.js asks for the same program, and says so when there is none.
load().catch(() => {});
