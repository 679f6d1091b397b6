// Documents that need no service. The program is in local.js; tables by handle have here the names that they have elsewhere.
import { DocumentFunctions, TextDocument } from "./local.js";

const letters = TextDocument.prototype;
letters.insert = function (position, text) { return DocumentFunctions.textInsert(this, position, text); };
letters.delete = function (position, length) { DocumentFunctions.textDelete(this, position, length); };
letters.encodeFrom = function (events) { return DocumentFunctions.textEncodeFrom(this, events); };
Object.defineProperty(letters, "events", { get() { return DocumentFunctions.textEvents(this); } });
Object.defineProperty(letters, "length", { get() { return DocumentFunctions.textLength(this); } });

export { TextDocument };
export const create_doc = DocumentFunctions.createDoc;
export const free_doc = DocumentFunctions.freeDoc;
export const doc_insert = DocumentFunctions.docInsert;
export const doc_update = DocumentFunctions.docUpdate;
export const doc_delete = DocumentFunctions.docDelete;
export const doc_merge_remote = DocumentFunctions.docMergeRemote;
export const doc_get_pending = DocumentFunctions.docGetPending;
export const doc_sync_state = DocumentFunctions.docSyncState;
export const ephemeral_set = DocumentFunctions.ephemeralSet;
export const ephemeral_get = DocumentFunctions.ephemeralGet;
export const ephemeral_get_all = DocumentFunctions.ephemeralGetAll;
export const ephemeral_merge = DocumentFunctions.ephemeralMerge;
