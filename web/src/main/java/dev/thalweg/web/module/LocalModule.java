package dev.thalweg.web.module;

import org.teavm.jso.JSExportClasses;

/**
 * What {@code local.js} exports: documents that need no service. {@code thalweg-local.js} beside it is what programs import,
 * and {@code thalweg-local.d.ts} says what each of it is and does.
 */
@JSExportClasses({JsDocumentFunctions.class, JsText.class})
public final class LocalModule {
    private LocalModule() {}
}
