'use strict';

const PAUSE = 1500; // milliseconds from one look at the state to the next
const PLOT = {left: 52, right: 392, top: 8, bottom: 152};

const byId = id => document.getElementById(id);
let stages = [];
let chosen = null; // null: the one that trains
let shown = '';

function show() {
  const newest = stages.reduce((a, b) => (b.time >= a.time ? b : a));
  const stage = stages.find(each => each.session === chosen) || newest;
  const state = stage.session + ' ' + stage.time;
  byId('status').textContent =
      stage === newest ? stage.title : stage.title + ' (not the last one that trained)';
  for (const button of byId('stages').children) {
    button.setAttribute('aria-pressed', button.dataset.session === stage.session);
  }
  if (state === shown) {
    return;
  }
  shown = state;
  byId('epoch').textContent = stage.epoch;
  byId('iteration').textContent = stage.iteration;
  byId('score').textContent = stage.score === null ? 'not finite' : short(stage.score);
  showPictures(stage);
  drawCurve(stage);
  document.querySelector('main').hidden = false;
}

function showPictures(stage) {
  for (const pictures of document.querySelectorAll('.pictures')) {
    pictures.hidden = stage.units === 0;
  }
  if (stage.units === 0) {
    return;
  }
  for (const name of ['filters', 'clean', 'corrupted', 'reconstructed']) {
    byId(name).src = '/dae4j/' + name + '/' + stage.session + '?' + stage.time;
  }
  byId('extent').textContent =
      (stage.filtersShown < stage.units ? 'The first ' + stage.filtersShown + ' of ' : 'All ')
      + stage.units + ', each scaled to the full range of greys.';
}

function listStages() {
  const nav = byId('stages');
  if (nav.children.length === stages.length) {
    return;
  }
  nav.replaceChildren(...stages.map(stage => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = stage.title;
    button.dataset.session = stage.session;
    button.addEventListener('click', () => {
      chosen = stage === stages[stages.length - 1] ? null : stage.session;
      show();
    });
    return button;
  }));
}

function short(value) {
  return Math.abs(value) >= 0.01 || value === 0
      ? value.toFixed(Math.abs(value) >= 10 ? 2 : 4)
      : value.toExponential(2);
}

function drawCurve(stage) {
  const svg = byId('curve');
  svg.replaceChildren();
  const scores = stage.scores;
  if (scores.length < 2) {
    return;
  }
  const least = Math.min(...scores);
  const most = Math.max(...scores);
  const x = i => PLOT.left + (PLOT.right - PLOT.left) * i / (scores.length - 1);
  const y = score => most === least
      ? (PLOT.top + PLOT.bottom) / 2
      : PLOT.bottom - (PLOT.bottom - PLOT.top) * (score - least) / (most - least);
  for (const score of most === least ? [least] : [least, (least + most) / 2, most]) {
    add(svg, 'line', {x1: PLOT.left, x2: PLOT.right, y1: y(score), y2: y(score)});
    add(svg, 'text', {x: PLOT.left - 6, y: y(score) + 4, 'text-anchor': 'end'}, short(score));
  }
  add(svg, 'polyline', {points: scores.map((score, i) => x(i) + ',' + y(score)).join(' ')});
  add(svg, 'text', {x: PLOT.left, y: PLOT.bottom + 20}, '0');
  add(svg, 'text', {x: PLOT.right, y: PLOT.bottom + 20, 'text-anchor': 'end'},
      scores.length * stage.iterationsPerScore + ' iterations');
}

function add(svg, name, attributes, text) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, value);
  }
  element.textContent = text || '';
  svg.append(element);
}

async function look() {
  try {
    stages = await (await fetch('/dae4j/state')).json();
    if (stages.length > 0) {
      listStages();
      show();
    }
  } catch (e) {
    byId('status').textContent = 'The program has ended; this is what was seen last.';
  }
  setTimeout(look, PAUSE);
}

byId('dl4j').addEventListener('click', async () => {
  await fetch('/train/sessions/set/' + shown.split(' ')[0]);
  location.href = '/train/overview';
});
look();
