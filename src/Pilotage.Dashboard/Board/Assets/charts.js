// Curves of trainings: read once, then the lines that were written since. Drawn by Apache ECharts.
import { changes } from '/assets/board.js';

const dark = matchMedia('(prefers-color-scheme: dark)');
const colours = {
  light: ['#0b62c4', '#c4570a', '#07805b', '#8a3fb0', '#b8336a', '#7a6a00', '#00788a', '#5b5bd6'],
  dark: ['#6db3ff', '#ffa65c', '#4fd3a4', '#d3a0f7', '#ff8fb8', '#d9c74a', '#5fd0e0', '#a9a9ff'],
};
await new Promise((resolve, reject) => document.head.append(Object.assign(document.createElement('script'), { src: '/assets/echarts.js', onload: resolve, onerror: reject })));

const usual = 'episode_return';
const rowsShown = 12;

class Run {
  constructor(name, title) {
    Object.assign(this, { name, title, next: 0, steps: [], values: new Map() });
  }

  /** Reads what was written since; whether there was something. */
  async read() {
    const reply = await fetch(`/api/runs/${encodeURIComponent(this.name)}/metrics?after=${this.next}`);
    if (!reply.ok) return false;
    const lines = await reply.json();
    if (lines.from !== this.next) { this.steps = []; this.values = new Map(); }     // the file was cut: a resumed run goes on from its checkpoint
    this.next = lines.next;
    const before = this.steps.length;
    this.steps.push(...lines.steps);
    for (const [metric, column] of Object.entries(lines.values)) {
      if (!this.values.has(metric)) this.values.set(metric, Array(before).fill(null));
      this.values.get(metric).push(...column);
    }
    for (const column of this.values.values()) while (column.length < this.steps.length) column.push(null);
    return lines.steps.length > 0 || lines.from === 0;
  }
}

class Curves {
  constructor(element) {
    this.element = element;
    const titles = element.dataset.titles.split('\n');
    this.runs = element.dataset.curves.split('\n').map((name, i) => new Run(name, titles[i]));
    this.choice = element.querySelector('[data-metric]');
    this.choice.addEventListener('change', () => this.draw());
    this.chart = echarts.init(element.querySelector('.chart'));
    new ResizeObserver(() => this.chart.resize({ animation: { duration: 0 } })).observe(element);
    dark.addEventListener('change', () => this.draw());
    changes.addEventListener('written', event => this.update(event.detail));
    this.update(this.runs.map(run => run.name));
  }

  async update(names) {
    this.last = (this.last ?? Promise.resolve()).then(async () => {
      const read = await Promise.all(this.runs.filter(run => names.includes(run.name)).map(run => run.read()));
      if (read.some(Boolean)) { this.offer(); this.draw(); }
    }).catch(() => {});
    await this.last;
  }

  offer() {
    const known = new Set([...this.choice.options].map(option => option.value));
    for (const run of this.runs) for (const metric of run.values.keys()) {
      if (!known.has(metric)) { this.choice.add(new Option(metric, metric)); known.add(metric); }
    }
  }

  draw() {
    const metric = this.choice.value;
    const style = getComputedStyle(document.documentElement);
    const [ink, soft, line] = ['--ink', '--soft', '--line'].map(name => style.getPropertyValue(name).trim());
    const level = metric === usual && this.element.dataset.level !== undefined && this.element.dataset.level !== '' ? Number(this.element.dataset.level) : undefined;
    const axis = { axisLabel: { color: soft }, axisLine: { lineStyle: { color: line } }, splitLine: { lineStyle: { color: line } }, nameTextStyle: { color: soft } };
    this.chart.setOption({
      animation: false,
      color: colours[dark.matches ? 'dark' : 'light'],
      textStyle: { fontFamily: 'system-ui, sans-serif' },
      grid: { left: 8, right: 34, top: this.runs.length > 1 ? 24 + 22 * Math.ceil(this.runs.length / (this.element.clientWidth > 700 ? 2 : 1)) : 24, bottom: 28, containLabel: true },
      legend: this.runs.length > 1 ? { type: 'plain', top: 0, left: 0, textStyle: { color: ink, width: Math.min(420, this.element.clientWidth - 60), overflow: 'truncate' } } : { show: false },
      tooltip: { trigger: 'axis', renderMode: 'richText', valueFormatter: value => (value == null ? '-' : Number(value.toPrecision(5)).toString()) },
      xAxis: { type: 'value', name: 'environment steps', nameLocation: 'middle', nameGap: 26, ...axis },
      yAxis: { type: 'value', scale: true, ...axis },
      series: [
        ...this.runs.map(run => ({
          name: run.title, type: 'line', showSymbol: run.steps.length < 3, sampling: 'lttb', lineStyle: { width: 2 },
          data: (run.values.get(metric) ?? []).map((value, j) => [run.steps[j], value]),
        })),
        // The rule's level is a point of its own, so that the axis reaches it.
        ...(level === undefined || !(this.runs[0]?.steps.length > 0) ? [] : [{
          type: 'line', silent: true, showSymbol: false, tooltip: { show: false }, data: [[this.runs[0].steps[0], level]],
          markLine: { silent: true, symbol: 'none', lineStyle: { color: soft, type: 'dashed' }, label: { formatter: this.element.dataset.levelName, color: soft, position: 'insideEndBottom' }, data: [{ yAxis: level }] },
        }]),
      ],
    }, { replaceMerge: ['series'] });
    this.tell(metric);
  }

  // The same as numbers, for those who do not see the picture or want the figures.
  tell(metric) {
    const [head, rows] = [this.element.querySelector('[data-numbers] thead'), this.element.querySelector('[data-numbers] tbody')];
    const cells = (tag, texts) => texts.map(text => Object.assign(document.createElement(tag), { textContent: text }));
    const row = document.createElement('tr');
    row.append(...cells('th', ['run', 'step', metric]));
    head.replaceChildren(row);
    rows.replaceChildren(...this.runs.flatMap(run => {
      const column = run.values.get(metric) ?? [];
      return pick(column.length).map(j => {
        const line = document.createElement('tr');
        line.append(...cells('td', [run.title, run.steps[j].toLocaleString('en'), column[j] === null ? '-' : Number(column[j].toPrecision(5)).toString()]));
        return line;
      });
    }));
  }
}

// Evenly over the run, the last one always.
function pick(count) {
  const shown = Math.min(count, rowsShown);
  return Array.from({ length: shown }, (_, i) => (shown === 1 ? 0 : Math.round(i * (count - 1) / (shown - 1))));
}

const drawn = new WeakSet();

/** Draws the curves that came to the page. */
export function begin() {
  for (const element of document.querySelectorAll('[data-curves]')) {
    if (!drawn.has(element)) { drawn.add(element); new Curves(element); }
  }
}
