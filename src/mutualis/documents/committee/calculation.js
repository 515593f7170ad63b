"use strict";
// What each commune owes, in whole numbers: prices are in units of 1/scale euro, amounts in cents,
// populations whole, shares and coefficients fractions [numerator, denominator]. All are BigInt.
// It is what the program computes, to the cent: nothing is rounded but where the program rounds.
const Calculation = (() => {
  const fraction = ([numerator, denominator]) => [BigInt(numerator), BigInt(denominator)];

  // The given data with each number as a BigInt.
  const load = (given) => ({
    scale: BigInt(given.scale),
    minimum: BigInt(given.minimum),
    vat: fraction(given.vat),
    brackets: given.brackets,
    lines: given.lines.map((persons) =>
      persons.map((groups) =>
        groups.map(({ withheld, moments }) => ({
          withheld,
          moments: moments.map((parts) =>
            parts.map(([bracket, population, coefficient, share]) => ({
              bracket,
              population: BigInt(population),
              coefficient: fraction(coefficient),
              share: fraction(share),
            }))
          ),
        }))
      )
    ),
  });

  // The share of max(min((fixed + population × rate) × coefficient, cap), floor), exact.
  const exact = (part, { brackets }, prices) => {
    const { rate, fixed, cap, floor } = brackets[part.bracket];
    const price = (place) => (place === null ? 0n : prices[place]);
    const [times, over] = part.coefficient;
    let amount = (price(fixed) + part.population * price(rate)) * times;
    if (cap !== null && amount > prices[cap] * over) amount = prices[cap] * over;
    if (floor !== null && amount < prices[floor] * over) amount = prices[floor] * over;
    return [amount * part.share[0], over * part.share[1]];
  };

  // A fraction that is not below 0, to the whole number, halves up.
  const rounded = (numerator, denominator) => (2n * numerator + denominator) / (2n * denominator);

  // The parts of a moment, rounded once.
  const moment = (parts, model, prices) => {
    const [sum, under] = parts
      .map((part) => exact(part, model, prices))
      .reduce(([a, b], [c, d]) => [a * d + c * b, b * d], [0n, 1n]);
    return rounded(sum * 100n, under * model.scale);
  };

  // The highest moment of a group.
  const group = ({ moments }, model, prices) =>
    moments.map((parts) => moment(parts, model, prices)).reduce((a, b) => (b > a ? b : a), 0n);

  // The groups of a person and the tax on them; one too small to be recovered is nothing.
  const due = (groups, model, prices) => {
    const amounts = groups.map((one) => group(one, model, prices));
    const owing = groups.filter((_, rank) => amounts[rank] > 0n);
    const net = amounts.reduce((a, b) => a + b, 0n);
    const whole = net + rounded(net * model.vat[0], model.vat[1]);
    const kept = owing.length > 0 && !owing[owing.length - 1].withheld;
    return kept && whole * model.scale < model.minimum * 100n ? 0n : whole;
  };

  // What each commune owes at the prices, with those that it has become the heir of.
  const dues = (model, prices) =>
    model.lines.map((persons) =>
      persons.reduce((sum, groups) => sum + due(groups, model, prices), 0n)
    );

  return { load, dues };
})();
