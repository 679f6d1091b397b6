// What reads the metadata of classes as ClassRows writes it.
function $$classes(parent, interfaces, rows, modifiers = 0) {
  for (let i = 0; i < rows.length; i += 2) {
    let type = rows[i], meta = type[$rt_meta] = $rt_newClassMetadata();
    meta.parent = parent || null;
    meta.superinterfaces = interfaces;
    meta.modifiers = modifiers;
    type.prototype = Object.assign(parent ? Object.create(parent.prototype) : {}, rows[i + 1]);
    type.prototype.constructor = type;
  }
}
function $$names(rows) {
  for (let i = 0; i < rows.length; i += 3) {
    let meta = rows[i][$rt_meta], at = rows[i + 2];
    meta.name = (at < 0 ? "" : $rt_packageData[at]) + rows[i + 1];
    meta.binaryName = "L" + meta.name + ";";
  }
}
function $$initializers(rows) {
  for (let i = 0; i < rows.length; i += 2) {
    let meta = rows[i][$rt_meta], initialize = rows[i + 1];
    meta.clinit = () => {
      meta.clinit = () => {};
      initialize();
    };
  }
}
// Constructors leave the one field of all objects out.
jl_Object.prototype.$id$ = 0;
// Which of some of the program's strings a text is, or -1.
function $$index(text, ...strings) {
  return strings.findIndex(string => $rt_s(string).$nativeString === text.$nativeString);
}
// The texts of some things in a row; a number has its own, as for Java's int and long.
function $$text(...parts) {
  return $rt_str(parts.map(part => part === null ? "null" : part instanceof jl_String ? part.$nativeString : part).join(""));
}
