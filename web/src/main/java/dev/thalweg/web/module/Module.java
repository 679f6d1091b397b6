package dev.thalweg.web.module;

import org.teavm.jso.JSExportClasses;

/**
 * What {@code thalweg.js} exports. {@code thalweg.d.ts} beside it says what each of it is and does; a test holds that the
 * two name the same.
 */
@JSExportClasses({JsClient.class, JsInsecureTokens.class, JsContainer.class, JsAudience.class, JsChannel.class,
    JsLattice.class, JsMap.class, JsDirectory.class, JsSharedDirectory.class, JsCell.class, JsCounter.class,
    JsRegisters.class, JsQueue.class, JsAcquisition.class, JsTasks.class, JsPacts.class, JsClaims.class,
    JsPnCounter.class, JsGCounter.class, JsGSet.class, JsTwoPhaseSet.class, JsOrSet.class, JsOrMap.class,
    JsTallyMap.class, JsRegisterMap.class, JsPresence.class, JsWorkspace.class, JsLatest.class, JsLatestMap.class,
    JsUndo.class, JsCodec.class, JsTypedMap.class, JsTypedCell.class})
public final class Module {
    private Module() {}
}
