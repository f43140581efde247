/// How our own pages look: one sheet, in the page itself, so that nothing is fetched from anywhere.
enum PageStyle {
    static let sheet: StaticString = """
        :root{color-scheme:light dark;--ink:#1c2422;--soft:#55625e;--paper:#fbfaf7;--card:#fff;\
        --line:#dcdfd8;\
        --leaf:#0b6b57;--leaf-ink:#fff;--mark:#e8f1ec;--get:#0b6b57;--post:#8a4b08;--put:#4a3fa0;\
        --delete:#a3223a}
        @media(prefers-color-scheme:dark){:root{--ink:#e6ebe8;--soft:#a3b1ab;--paper:#121816;--card:#1a2220;\
        --line:#34403c;--leaf:#62cfae;--leaf-ink:#0c1613;--mark:#20302b;--get:#62cfae;--post:#eab06a;\
        --put:#b3a9ff;\
        --delete:#ff9aab}}
        *{box-sizing:border-box}
        html{scroll-padding-top:1rem}
        body{margin:0;background:var(--paper);color:var(--ink);\
        font:1rem/1.6 system-ui,"Noto Sans","DejaVu Sans",sans-serif}
        main,header.top,footer{max-width:62rem;margin:0 auto;padding:0 1.25rem}
        header.top{padding-top:2.5rem}
        h1{font-size:1.9rem;line-height:1.2;margin:0 0 .25rem}
        h2{font-size:1.25rem;margin:2.5rem 0 .75rem;padding-bottom:.35rem;border-bottom:1px solid var(--line)}
        h3{font-size:1rem;margin:1.25rem 0 .4rem}
        p{margin:.5rem 0;max-width:44rem}
        .lead{color:var(--soft);font-size:1.05rem}
        a{color:var(--leaf);text-underline-offset:.2em}
        :focus-visible{outline:3px solid var(--leaf);outline-offset:2px;border-radius:4px}
        nav ul{list-style:none;padding:0;margin:1rem 0;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem}
        nav a{display:inline-block;padding:.25rem 0;min-height:24px}
        code,pre,kbd{font-family:ui-monospace,"DejaVu Sans Mono",monospace;font-size:.9em}
        code{overflow-wrap:anywhere}td code{overflow-wrap:normal}
        pre{background:var(--mark);border-radius:8px;padding:.75rem 1rem;margin:.5rem 0;overflow-x:auto;\
        line-height:1.45}
        details.operation{background:var(--card);border:1px solid var(--line);border-radius:10px;\
        margin:.6rem 0}
        details.operation>summary{cursor:pointer;padding:.65rem 1rem;display:flex;flex-wrap:wrap;\
        align-items:baseline;\
        gap:.25rem .75rem;border-radius:10px}
        details.operation>summary::-webkit-details-marker{display:none}
        details.operation>summary:hover{background:var(--mark)}
        details.operation>div{padding:.25rem 1rem 1rem;border-top:1px solid var(--line)}
        .method{font-weight:700;font-size:.8rem;letter-spacing:.05em;min-width:4rem;\
        font-family:ui-monospace,monospace}
        .get{color:var(--get)}.post{color:var(--post)}.put,.patch{color:var(--put)}.delete{\
        color:var(--delete)}
        .summary{color:var(--soft);flex:1 1 14rem}
        @media(max-width:40rem){.summary{flex-basis:100%}}
        .facts{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;color:var(--soft);font-size:.9rem;\
        margin:.5rem 0;padding:0;\
        list-style:none}
        .scroll{overflow-x:auto}
        table{border-collapse:collapse;width:100%;font-size:.92rem}
        th,td{text-align:left;vertical-align:top;padding:.4rem .75rem .4rem 0;\
        border-bottom:1px solid var(--line)}
        th{font-weight:600;color:var(--soft)}
        .required{white-space:nowrap}.required::after{content:" *";color:var(--delete)}
        form.try label{display:block;margin:.4rem 0;font-size:.92rem}
        form.try input,form.try textarea,form.token input{font:inherit;font-family:ui-monospace,monospace;\
        width:100%;\
        max-width:34rem;padding:.4rem .6rem;color:inherit;background:var(--paper);\
        border:1px solid var(--soft);\
        border-radius:6px;display:block}
        form.try textarea{min-height:7rem;max-width:none}
        button{font:inherit;font-weight:600;min-height:2.4rem;padding:.35rem 1.1rem;border:0;\
        border-radius:6px;\
        background:var(--leaf);color:var(--leaf-ink);cursor:pointer}
        .codes dt{font-weight:600;margin-top:.75rem}.codes dd{margin:0;color:var(--soft)}
        footer{color:var(--soft);font-size:.9rem;padding-top:2rem;padding-bottom:2.5rem}
        [hidden],pre:has(output:empty){display:none!important}
        @media print{:root{--paper:#fff;--card:#fff;--ink:#000;--soft:#333}form,nav{display:none!important}\
        details.operation{break-inside:avoid;border:0;border-bottom:1px solid #999;border-radius:0}\
        details::details-content{content-visibility:visible;height:auto}pre{white-space:pre-wrap}}
        @media(prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
        """
}
