"""Every page of the built book in Chromium, at a telephone's and a desk's width; for each check, pages that fail it.

They need Chromium, axe-core (`npm ci`) and a built book. Where one is missing they are skipped with the reason, or
fail with it if the environment variable BYNAME_BROWSER says `required`.
"""

import functools
import http.server
import json
import threading
from urllib.parse import urlsplit

import chromium
import pytest
from chromium import needed

from helpers.paths import BUILD, ROOT

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SITE = BUILD / "latest" / "site"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
OF_COLOUR = ["color-contrast", "link-in-text-block"]  # axe-core's rules that another scheme may break
WIDTHS = {"telephone": 390, "desk": 1280}  # CSS pixels

# An element in words, and whether a reader can see it; for the scripts below.
WORDS = """
const words = e => (e.tagName.toLowerCase() + (e.id && '#' + e.id) + [...e.classList].map(c => '.' + c).join('')
  + ' ' + (e.getAttribute('aria-label') || e.getAttribute('href') || e.textContent.trim()).slice(0, 60)).trim();
const visible = e => e.checkVisibility({visibilityProperty: true})
  && e.getBoundingClientRect().width > 0 && e.getBoundingClientRect().height > 0;
"""

# The page is wider than the window: what stands out, and no box of its own holds it.
TOO_WIDE = """
const page = document.scrollingElement, width = page.clientWidth;
const held = e => { for (let b = e.parentElement; b && b !== document.body; b = b.parentElement)
  if (getComputedStyle(b).overflowX !== 'visible' || getComputedStyle(b).position === 'fixed') return true; };
const out = [...document.body.querySelectorAll('*')].filter(e =>
  visible(e) && e.getBoundingClientRect().right > width + 0.5 && !held(e));
return page.scrollWidth > width ? [`${page.scrollWidth} px wide: ${out.slice(-3).map(words).join('; ')}`] : [];
"""

PICTURES = """
const pictures = [...document.images];
pictures.forEach(i => i.loading = 'eager');
await Promise.all(pictures.map(i => i.decode().catch(() => 0)));
return pictures.filter(i => !i.naturalWidth).map(i => 'not loaded: ' + i.getAttribute('src'));
"""

FORMULAS = """
const signs = m => [...m.querySelectorAll('mi, mn, mo, mtext')];
const bad = m => m.querySelector('merror') || !visible(m) || !signs(m).some(visible);
return [...document.querySelectorAll('math')].filter(bad).map(m => 'not drawn: ' + m.outerHTML.slice(0, 80));
"""

# Nothing slides while the keys are pressed. Kept: what a reader can see and use, and what gets the focus, in order.
BEFORE_TAB = """
document.head.insertAdjacentHTML('beforeend', '<style>* {transition: none !important}</style>');
const scrolls = e => /auto|scroll/.test(getComputedStyle(e).overflowX + getComputedStyle(e).overflowY)
  && (e.scrollWidth > e.clientWidth || e.scrollHeight > e.clientHeight) && e !== document.body;
const controls = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]';
const reachedWithin = e => [...e.querySelectorAll(controls)].some(visible);
window.wanted = [...document.body.querySelectorAll('*')].filter(e => visible(e) && !e.disabled
  && (e.matches(controls) || (scrolls(e) && !reachedWithin(e))));
window.focused = [];
window.hidden = [];
document.addEventListener('focusin', ({target}) => {
  const box = target.getBoundingClientRect();
  focused.push(target);
  if (!visible(target) || box.right <= 0 || box.bottom + scrollY <= 0) hidden.push(target);
});
return wanted.length;
"""

AFTER_TAB = """
const seen = new Set(focused);
const trap = focused.length && focused.lastIndexOf(focused[0]) === 0;
return [
  ...trap ? ['Tab stays in ' + words(document.activeElement)] : [],
  ...wanted.filter(e => !seen.has(e)).map(e => 'Tab does not reach ' + words(e)),
  ...[...new Set(hidden)].map(e => 'Tab goes to what nobody sees: ' + words(e)),
];
"""


@pytest.fixture(scope="session")
def browser(tmp_path_factory):
    program = chromium.program()
    needed(program, f"none of {', '.join(chromium.PROGRAMS)} is installed: on Debian, apt install chromium")
    needed(AXE.is_file(), "axe-core is not installed: run `npm ci`")
    running = chromium.Chromium(program, tmp_path_factory.mktemp("profile"))
    yield running
    running.close()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Say nothing: what was asked for and not there is a fault of the page."""


@pytest.fixture(scope="session")
def serve():
    """Serves a folder on this machine; the address at which it is found."""
    servers = []

    def start(folder):
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def run(browser, script):
    return browser.evaluate(f"(async () => {{ {WORDS} {script} }})()")


def keyboard(browser):
    """Press Tab until it comes back to where it began, or to nothing new; what it does not reach, where it stays."""
    times, reached, back = run(browser, BEFORE_TAB) + 5, -1, False
    while not back and reached < (reached := run(browser, "return new Set(focused).size")):
        browser.press("Tab", times)
        back = run(browser, "return focused.lastIndexOf(focused[0]) > 0")
    return run(browser, AFTER_TAB)


def axe(browser):
    """The serious and critical violations that axe-core finds, and those of colour once more on a dark page."""
    browser.evaluate(AXE.read_text("utf-8") + "; 0")
    found = violations(browser, {})
    browser.scheme("dark")
    return found + [f"dark: {one}" for one in violations(browser, {"runOnly": OF_COLOUR})]


def violations(browser, options):
    script = f"""
    const options = {{...{json.dumps(options)}, resultTypes: ['violations'], preload: false}};
    const {{violations}} = await axe.run(document, options);
    const serious = violations.filter(v => ['serious', 'critical'].includes(v.impact));
    const why = n => n.target.join(' ') + ': ' + n.failureSummary.split('\\n').slice(1).join(' ').trim();
    return serious.flatMap(v => v.nodes.map(n => `${{v.id}} (${{v.impact}}): ${{why(n)}}`));
    """
    return run(browser, script)


def requests(browser):
    """The requests to other hosts, and those that nothing answered."""
    sent = [(one["requestId"], one["request"]["url"]) for one in browser.told("Network.requestWillBeSent")]
    foreign = [address for _, address in sent if urlsplit(address).hostname not in ("127.0.0.1", None)]
    lost = {one["requestId"] for one in browser.told("Network.loadingFailed")}
    lost |= {one["requestId"] for one in browser.told("Network.responseReceived") if one["response"]["status"] >= 400}
    unanswered = [address for number, address in sent if number in lost and address not in foreign]
    return [f"asks another host: {one}" for one in foreign] + [f"no answer: {one}" for one in unanswered]


def console(browser):
    """What the page or the browser warned of."""
    said = [
        " ".join(str(one.get("value", one.get("description"))) for one in call["args"])
        for call in browser.told("Runtime.consoleAPICalled")
        if call["type"] in ("error", "warning", "assert")
    ]
    thrown = [one["exceptionDetails"] for one in browser.told("Runtime.exceptionThrown")]
    said += [one.get("exception", {}).get("description", one["text"]) for one in thrown]
    entries = [one["entry"] for one in browser.told("Log.entryAdded")]
    return said + [one["text"] for one in entries if one["level"] in ("error", "warning")]


# in this order: requests and console last, so that they hear what the others set off
CHECKS = {
    "no scrolling sideways": lambda browser: run(browser, TOO_WIDE),
    "pictures loaded": lambda browser: run(browser, PICTURES),
    "formulas drawn": lambda browser: run(browser, FORMULAS),
    "keyboard reaches all": keyboard,
    "axe-core finds nothing serious": axe,
    "no request to another host": requests,
    "nothing on the console": console,
}


def faults(browser, address, width):
    """The faults of one page by check, with all that is folded opened."""
    browser.open(address, width=width)
    run(browser, "document.querySelectorAll('details').forEach(d => d.open = true);")
    return {name: check(browser) for name, check in CHECKS.items()}


@pytest.fixture(scope="session")
def book(serve):
    """The address of the built book, and the names of its pages."""
    needed((SITE / "index.html").is_file(), "the book is not built: run `make report`")
    return serve(SITE), sorted(page.relative_to(SITE).as_posix() for page in SITE.rglob("*.html"))


@pytest.fixture(scope="session")
def visited(browser, book):
    """Every page of the book at one width, visited once, and a search; their faults by check."""
    host, pages = book
    visits = [*pages, "search.html?q=killed"]

    @functools.cache
    def walk(width):
        found = {name: faults(browser, f"{host}/{name}", width) for name in visits}
        return {check: [f"{name}: {one}" for name in visits for one in found[name][check]] for check in CHECKS}

    return walk


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_the_book(visited, check, width):
    assert visited(width)[check] == []


def test_the_folded_menu_of_a_telephone_opens_by_keyboard(browser, book):
    host, pages = book
    browser.open(f"{host}/index.html", width=WIDTHS["telephone"])
    browser.press("Tab")
    assert run(browser, "return words(document.activeElement)").endswith("Toggle site navigation sidebar")
    assert not run(browser, "return visible(document.querySelector('.sidebar-tree a'))")
    browser.press("Space")
    assert keyboard(browser) == []
    links = set(run(browser, "return focused.filter(e => e.closest('.sidebar-tree')).map(e => e.pathname.slice(1))"))
    assert links == set(pages) - {"index.html", "search.html"}


GOOD = """<!doctype html><html lang="en"><head><title>A page</title><link rel="icon" href="data:,"><style>
.box {overflow-x: auto} .wide {width: 3000px; height: 1em} .up {position: absolute; left: -999px}
@media (prefers-color-scheme: dark) {.dim {background: #000; color: #333}} </style></head>
<body><main><h1>A page</h1><p>Words with a <a href="#a">link</a>.</p>
<div class="box" tabindex="0" role="region" aria-label="box"><div class="wide">wide</div></div>
<math><mi>p</mi><mo>=</mo><mn>1</mn></math><img alt="a dot" src="dot.svg">%s</main></body></html>"""
DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'

BAD = {
    "a box that stands out": (
        "no scrolling sideways", '<div class="wide">wide</div>', "3008 px wide: div.wide wide",
    ),
    "a word that stands out": ("no scrolling sideways", f"<p>{'w' * 999}</p>", "px wide: "),
    "a picture that is not there": ("pictures loaded", '<img alt="none" src="none.png">', "not loaded: none.png"),
    "a picture that is none": ("pictures loaded", '<img alt="none" src="page.html">', "not loaded: page.html"),
    "an empty formula": ("formulas drawn", "<math></math>", "not drawn: <math></math>"),
    "a formula with an error": (
        "formulas drawn", "<math><merror><mtext>\\frac</mtext></merror></math>", "not drawn: <math><merror>",
    ),
    "a link that Tab leaves out": (
        "keyboard reaches all", '<a href="#b" tabindex="-1">out</a>', "Tab does not reach a #b",
    ),
    "a box that Tab leaves out": (
        "keyboard reaches all", '<div class="box" id="b" tabindex="-1"><div class="wide">wide</div></div>',
        "Tab does not reach div#b.box wide",
    ),
    "a link beside the page": (
        "keyboard reaches all", '<a class="up" href="#b">b</a>', "Tab goes to what nobody sees: a.up #b",
    ),
    "a trap": (
        "keyboard reaches all",
        """<a id="t" href="#b">trap</a><a href="#c">after</a>
        <script>document.querySelector('#t').onkeydown = e => e.key == 'Tab' && e.preventDefault()</script>""",
        "Tab stays in a#t #b",
    ),
    "a picture without words": (
        "axe-core finds nothing serious", '<img src="dot.svg">', "image-alt (critical): img",
    ),
    "words too pale": (
        "axe-core finds nothing serious", '<p id="p" style="color: #bbb; background: #fff">pale</p>',
        "color-contrast (serious): #p",
    ),
    "words too pale in the dark": (
        "axe-core finds nothing serious", '<p class="dim" id="p">dim</p>', "dark: color-contrast (serious): #p",
    ),
    "a script from elsewhere": (
        "no request to another host", '<script src="https://cdn.example/a.js"></script>',
        "asks another host: https://cdn.example/a.js",
    ),
    "a request that a script makes": (
        "no request to another host", "<script>fetch('//cdn.example/a').catch(() => 0)</script>",
        "asks another host: http://cdn.example/a",
    ),
    "a file that is not there": (
        "no request to another host", '<script src="none.js"></script>', "/none.js",
    ),
    "an error on the console": ("nothing on the console", "<script>console.error('not so')</script>", "not so"),
    "a warning on the console": ("nothing on the console", "<script>console.warn('hardly so')</script>", "hardly so"),
    "a script that fails": ("nothing on the console", "<script>none.such</script>", "ReferenceError: none is not"),
}  # fmt: skip


@pytest.fixture(scope="session")
def page(browser, serve, tmp_path_factory):
    """The faults at a desk's width of the good page with `more` put into it."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "dot.svg").write_text(DOT, "utf-8")
    host = serve(folder)

    def visit(more):
        (folder / "page.html").write_text(GOOD % more, "utf-8")
        return faults(browser, f"{host}/page.html", WIDTHS["desk"])

    return visit


def test_a_good_page_has_no_fault(page):
    assert page("") == {check: [] for check in CHECKS}


@pytest.mark.parametrize(("check", "more", "told"), BAD.values(), ids=BAD)
def test_a_fault_is_caught(page, check, more, told):
    assert any(told in fault for fault in page(more)[check])
