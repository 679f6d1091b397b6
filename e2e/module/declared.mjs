// Compares what an ES module exports with what its declarations say, both ways, and prints each difference.
// usage: node declared.mjs MODULE DECLARATIONS PROJECT, where PROJECT has the package typescript
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { resolve } from "node:path";

const [module, declarations, project] = process.argv.slice(2);
const ts = createRequire(pathToFileURL(`${resolve(project)}/`))("typescript");

/** Names as "Class", "Class.method()", "Class.property" and "Class::static()", of what is there at run time. */
async function exported() {
    const all = await import(pathToFileURL(resolve(module)));
    const names = new Set();
    for (const [name, value] of Object.entries(all)) {
        names.add(name);
        for (const [member, found] of Object.entries(Object.getOwnPropertyDescriptors(value))) {
            if (!["length", "name", "prototype"].includes(member)) {
                names.add(spelled(`${name}::${member}`, typeof found.value === "function"));
            }
        }
        for (let at = value.prototype; at && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
            for (const [member, found] of Object.entries(Object.getOwnPropertyDescriptors(at))) {
                if (found.get || outward(all, found.value)) {
                    names.add(spelled(`${name}.${member}`, !found.get));
                }
            }
        }
    }
    return names;
}

/**
 * Whether a method is meant for JavaScript: TeaVM puts all of those, and no others, into the same wrapper, apart from those
 * that thalweg-local.js makes of functions.
 */
function outward(all, method) {
    const known = all.SharedObject?.prototype.on ?? all.TextDocument.prototype.merge;
    return String(method) === String(known) || String(method).includes("DocumentFunctions.");
}

/** Every name, as the declarations have it. */
function declared() {
    const program = ts.createProgram([resolve(declarations)], { strict: true });
    const checker = program.getTypeChecker();
    const file = program.getSourceFile(resolve(declarations));
    const names = new Set();
    for (const symbol of checker.getExportsOfModule(checker.getSymbolAtLocation(file))) {
        if (!(symbol.flags & ts.SymbolFlags.Value)) {
            continue;
        }
        names.add(symbol.name);
        for (const member of checker.getPropertiesOfType(checker.getTypeOfSymbol(symbol))) {
            if (member.name !== "prototype") {
                names.add(spelled(`${symbol.name}::${member.name}`, callable(checker, member)));
            }
        }
        for (const member of checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol))) {
            names.add(spelled(`${symbol.name}.${member.name}`, callable(checker, member)));
        }
    }
    return names;
}

function callable(checker, member) {
    return checker.getTypeOfSymbol(member).getCallSignatures().length > 0;
}

function spelled(name, isMethod) {
    return isMethod ? `${name}()` : name;
}

const there = await exported();
const said = declared();
for (const name of [...there].sort()) {
    if (!said.has(name)) {
        console.log(`exported, not declared: ${name}`);
    }
}
for (const name of [...said].sort()) {
    if (!there.has(name)) {
        console.log(`declared, not exported: ${name}`);
    }
}
console.log(`${there.size} names exported`);
