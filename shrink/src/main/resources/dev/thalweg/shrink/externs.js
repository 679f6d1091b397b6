/** @externs What is not the program's own, and keeps its name. */
function $$export(values) {}
var window, self, globalThis, global, process, require, module, exports, undefined, eval, console, NaN, Infinity;
var Symbol, BigInt, Math, Object, Array, Map, Set, WeakMap, WeakRef, FinalizationRegistry, Error, RangeError, String,
  Number, Function, Promise, Proxy, Reflect, RegExp, Date, JSON, Intl, isNaN, isFinite, parseInt, parseFloat;
var ArrayBuffer, DataView, BigInt64Array, Float64Array, Float32Array, Int32Array, Int16Array, Int8Array, Uint16Array,
  Uint8Array, TextEncoder, TextDecoder;
var document, location, history, navigator, performance, localStorage, sessionStorage, crypto, fetch, Headers, Request,
  Response, AbortController, XMLHttpRequest, WebSocket, URL, URLSearchParams, CSS, Event, Node, HTMLElement, SVGElement,
  setTimeout, clearTimeout, queueMicrotask, requestAnimationFrame, addEventListener;
