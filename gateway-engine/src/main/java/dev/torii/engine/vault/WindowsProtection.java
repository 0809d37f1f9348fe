package dev.torii.engine.vault;

import dev.torii.engine.store.KeyKeeper;
import dev.torii.model.config.Secret;
import java.util.List;

/// Windows' Data Protection (DPAPI), by PowerShell. It keeps nothing itself: it seals the key so
/// that this user of this machine alone can open it, and what it gives is stored beside the
/// secrets.
final class WindowsProtection implements KeyKeeper {

    private final OsTool powerShell;

    WindowsProtection(OsTool powerShell) {
        this.powerShell = powerShell;
    }

    @Override
    public String name() {
        return "Windows Data Protection";
    }

    @Override
    public String keep(Secret key) throws UnavailableException {
        return run("Protect", key.reveal());
    }

    @Override
    public Secret find(String token) throws UnavailableException {
        return new Secret(run("Unprotect", token));
    }

    private String run(String verb, String input) throws UnavailableException {
        String script =
                "$ErrorActionPreference='Stop'; Add-Type -AssemblyName System.Security; "
                        + "$in=[Convert]::FromBase64String([Console]::In.ReadToEnd().Trim()); "
                        + "[Convert]::ToBase64String([Security.Cryptography.ProtectedData]::"
                        + verb
                        + "($in,$null,'CurrentUser'))";
        return powerShell.run(
                input, List.of("-NoLogo", "-NoProfile", "-NonInteractive", "-Command", script));
    }
}
