// What the sheet of texts needs of CodeMirror. Documents change by changes alone: what a reader does is told as edits, in
// UTF-16 units, what comes from elsewhere is given as changes. Undoing is the document's business, not CodeMirror's.
import { Annotation, EditorState, Prec, RangeSet, StateEffect, StateField, Text } from "@codemirror/state";
import { Decoration, EditorView, WidgetType, keymap, placeholder } from "@codemirror/view";
import { standardKeymap } from "@codemirror/commands";

/** On changes that come from the document. */
const given = Annotation.define();

/** A stretch that nobody else has yet; its last event comes before the number `behind`. */
const addPending = StateEffect.define();
/** Others have all events before a number. */
const dropPending = StateEffect.define();
const setOthers = StateEffect.define();
const setStretches = StateEffect.define();

function pendingMark(length, behind) {
  return Decoration.mark({ class: "pending", length, behind });
}

/* What is typed without a pause is one stretch, whose events are numbered on: it goes from its beginning. */
function pend(marks, { from, to, behind }) {
  let before = null;
  marks.between(from, from, (start, end, { spec }) => {
    if (end === from && end - start === spec.length && spec.behind + to - from === behind) {
      before = start;
    }
  });
  const start = before ?? from;
  return marks.update({
    filter: (each) => each !== before,
    filterFrom: from,
    filterTo: from,
    add: [pendingMark(to - start, behind).range(start, to)],
  });
}

function share(marks, next) {
  const parts = [];
  marks.between(0, Infinity, (from, to, { spec }) => {
    const left = spec.behind - next;
    if (left > 0 && left < spec.length && to - from === spec.length) {
      parts.push(pendingMark(left, spec.behind).range(to - left, to));
    }
  });
  return marks.update({
    filter: (from, to, { spec }) => spec.behind - next >= (to - from === spec.length ? spec.length : 1),
    add: parts,
    sort: true,
  });
}

const pending = StateField.define({
  create: () => RangeSet.empty,
  update(marks, transaction) {
    let next = marks.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(addPending) && effect.value.from < effect.value.to) {
        next = pend(next, effect.value);
      } else if (effect.is(dropPending)) {
        next = share(next, effect.value);
      }
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

class Flag extends WidgetType {
  constructor(name, side) {
    super();
    this.name = name;
    this.side = side;
  }

  eq(other) {
    return other.name === this.name && other.side === this.side;
  }

  toDOM() {
    const caret = document.createElement("span");
    caret.className = `other-caret side-${this.side}`;
    caret.dataset.other = this.name;
    caret.setAttribute("aria-hidden", "true");
    const flag = document.createElement("span");
    flag.className = "flag";
    flag.textContent = this.name;
    caret.append(flag);
    return caret;
  }

  ignoreEvent() {
    return true;
  }
}

/** Decorations that are given whole and move with the text until they are given again. */
function decorations(effectType) {
  return StateField.define({
    create: () => Decoration.none,
    update(marks, transaction) {
      let next = marks.map(transaction.changes);
      for (const effect of transaction.effects) {
        if (effect.is(effectType)) {
          next = effect.value;
        }
      }
      return next;
    },
    provide: (field) => EditorView.decorations.from(field),
  });
}

/** Whether a place is between the halves of a surrogate pair. */
function splits(text, place) {
  return place > 0 && place < text.length && /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.sliceString(place - 1, place + 1));
}

const halves = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Widens edits that would leave half a pair behind or put one in. */
const whole = EditorState.transactionFilter.of((transaction) => {
  if (!transaction.docChanged || transaction.annotation(given)) {
    return transaction;
  }
  const text = transaction.startState.doc;
  const changes = [];
  let last = 0;
  let same = true;
  transaction.changes.iterChanges((from, to, _from, _to, inserted) => {
    const put = inserted.toString();
    const fine = put.replace(halves, "\ufffd");
    const start = Math.max(last, splits(text, from) ? from - 1 : from);
    const end = Math.max(start, from === to ? start : splits(text, to) ? to + 1 : to);
    same &&= start === from && end === to && fine === put;
    last = end;
    changes.push({ from: start, to: end, insert: fine });
  });
  return same ? transaction
    : { changes, effects: transaction.effects, scrollIntoView: true, userEvent: "input" };
});

/**
 * Puts an editor into an element.
 *
 * edited(place, removed, inserted): the reader changed the text; edits of one change come in order, each in places of the
 * text after those before it. moved(anchor, head): the selection is elsewhere, or edits are complete. undo(again): Ctrl+Z, or
 * with again Ctrl+Shift+Z.
 */
function open(parent, label, edited, moved, undo) {
  const reverts = (again) => () => {
    undo(again);
    return true;
  };
  const view = new EditorView({
    parent,
    extensions: [
      whole, pending, decorations(setOthers),
      Prec.high(keymap.of([
        { key: "Mod-z", run: reverts(false), preventDefault: true },
        { key: "Mod-Shift-z", run: reverts(true), preventDefault: true },
        { key: "Mod-y", run: reverts(true), preventDefault: true },
      ])),
      keymap.of(standardKeymap),
      EditorView.domEventHandlers({
        beforeinput: ({ inputType }) => {
          const reverted = inputType === "historyUndo" || inputType === "historyRedo";
          if (reverted) {
            undo(inputType === "historyRedo");
          }
          return reverted;
        },
      }),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false" }),
      placeholder("Write here."),
    ],
    dispatchTransactions(transactions, self) {
      self.update(transactions);
      let told = false;
      for (const transaction of transactions) {
        const own = !transaction.annotation(given);
        told ||= Boolean(transaction.selection) || own && transaction.docChanged;
        if (own && transaction.docChanged) {
          transaction.changes.iterChanges((from, to, now, _end, inserted) => edited(now, to - from, inserted.toString()));
        }
      }
      if (told) {
        const { doc, selection: { main } } = self.state;
        moved(main.anchor - splits(doc, main.anchor), main.head - splits(doc, main.head));
      }
    },
  });
  return wrap(view);
}

/** Puts a text to read into an element. */
function show(parent, label) {
  return wrap(new EditorView({
    parent,
    extensions: [
      decorations(setStretches), EditorState.readOnly.of(true), EditorView.editable.of(false), EditorView.lineWrapping,
      EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0", role: "textbox", "aria-readonly": "true" }),
    ],
  }));
}

function wrap(view) {
  // The events that a test or another script of the page may want to see.
  view.dom.thalwegView = view;
  return {
    /** Edits of one change, in places of the text before it. With select the caret goes behind the last of them. */
    change(froms, tos, texts, select) {
      const changes = texts.map((text, i) => ({ from: froms[i], to: tos[i], insert: Text.of(text.split("\n")) }));
      const set = view.state.changes(changes);
      const last = tos.length - 1;
      view.dispatch({
        changes: set,
        annotations: given.of(true),
        ...(select && last >= 0 ? { selection: { anchor: set.mapPos(tos[last], 1) }, scrollIntoView: true } : {}),
      });
    },
    pend(from, to, behind) {
      view.dispatch({ effects: addPending.of({ from, to, behind }) });
    },
    share(next) {
      if (view.state.field(pending).size > 0) {
        view.dispatch({ effects: dropPending.of(next) });
      }
    },
    others(anchors, heads, names, sides) {
      const ranges = [];
      for (let i = 0; i < heads.length; i++) {
        ranges.push(Decoration.widget({ widget: new Flag(names[i], sides[i]), side: 1 }).range(heads[i]));
        if (anchors[i] !== heads[i]) {
          ranges.push(Decoration.mark({ class: "other-selection" })
            .range(Math.min(anchors[i], heads[i]), Math.max(anchors[i], heads[i])));
        }
      }
      view.dispatch({ effects: setOthers.of(Decoration.set(ranges, true)) });
    },
    /** Who wrote what, and what is gone: a class for each stretch, in order. */
    stretches(froms, tos, classes) {
      const ranges = classes.map((css, i) => Decoration.mark({ class: css }).range(froms[i], tos[i]));
      view.dispatch({ effects: setStretches.of(Decoration.set(ranges, true)) });
    },
    focus: () => view.focus(),
    measure: () => view.requestMeasure(),
    length: () => view.state.doc.length,
  };
}

globalThis.thalwegCodeMirror = { open, show };
