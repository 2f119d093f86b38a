namespace Pilotage.Lab.Reports;

/// <summary>The style sheet of report pages.</summary>
internal static class PageStyle
{
    public const string Sheet =
        """
        :root{color-scheme:light dark;--paper:#fff;--ink:#17212b;--soft:#4a5663;--line:#dfe5eb;--panel:#f6f8fa;--good:#0a6b46;--good-back:#dff5ea;--bad:#a12a1e;--bad-back:#fde6e2;--even:#4a5663;--even-back:#e9edf1;--open:#7a5b00;--open-back:#fff2cc}
        @media(prefers-color-scheme:dark){:root{--paper:#12181f;--ink:#eef3f7;--soft:#b3bfca;--line:#2c3640;--panel:#19212a;--good:#7fe0b4;--good-back:#12382a;--bad:#ffb0a3;--bad-back:#47201a;--even:#c4cfd9;--even-back:#29333d;--open:#f0d27a;--open-back:#3b3110}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif}
        main{max-width:808px;margin:0 auto;padding:28px 24px 64px}
        h1{font-size:1.6rem;line-height:1.25;margin:.2em 0 .4em;overflow-wrap:anywhere}
        h2{font-size:1.15rem;margin:2.4em 0 .6em;padding-top:1em;border-top:1px solid var(--line)}
        h3{font-size:1rem;margin:0 0 .5em}
        p{margin:.5em 0}
        .kicker{color:var(--soft);margin:0 0 .6em;font-size:.9rem}
        .details{color:var(--soft)}
        .note,figcaption,.source{color:var(--soft);font-size:.875rem}
        .badge{display:inline-block;padding:.1em .6em;border-radius:1em;font-size:.85rem;font-weight:600;white-space:nowrap}
        .good{color:var(--good);background:var(--good-back)}.bad{color:var(--bad);background:var(--bad-back)}.even{color:var(--even);background:var(--even-back)}.open{color:var(--open);background:var(--open-back)}
        .scroll{overflow-x:auto;margin:0 0 1.2em}
        table{border-collapse:collapse;font-size:.9rem;font-variant-numeric:tabular-nums;min-width:100%}
        th,td{padding:.4em .8em .4em 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
        thead th{color:var(--soft);font-weight:600;vertical-align:bottom}
        tbody th{font-weight:600;white-space:nowrap}
        td{white-space:nowrap}
        figure{margin:1.6em 0}
        figcaption{margin-top:.4em}
        .claim{background:var(--panel);border-radius:8px;padding:.6em 1em;margin:0 0 .8em}
        dl{display:flex;flex-wrap:wrap;gap:.3em 1.6em;margin:.4em 0}dl div{display:flex;gap:.5em}dt{color:var(--soft)}dd{margin:0;font-variant-numeric:tabular-nums}
        pre{background:var(--panel);border-radius:8px;padding:.8em 1em;overflow-x:auto;font:13px/1.45 ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace}
        details{margin:.6em 0}summary{cursor:pointer;font-weight:600}
        @media(max-width:640px){main{padding:16px 12px 48px}h1{font-size:1.3rem}thead{display:none}tr,tbody th,td{display:block;border:0;padding:.1em 0;white-space:normal;overflow-wrap:anywhere}tbody tr{border-bottom:1px solid var(--line);padding:.5em 0}td[data-title]::before{content:attr(data-title) ": ";color:var(--soft)}}
        @media print{main{max-width:none}.scroll{overflow:visible}}

        """;
}
