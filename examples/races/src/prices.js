// Follows the prices of a feed, in the user's currency.

/** The race: the first price may come before the settings, when nothing listens yet. */
async function follow(feed, loadSettings) {
  const prices = [];
  const loading = loadSettings();
  feed.open();
  const { currency } = await loading;
  feed.on('price', price => prices.push(`${price} ${currency}`));
  return prices;
}

/** Listens before the feed opens. */
async function fixedFollow(feed, loadSettings) {
  const prices = [];
  const loading = loadSettings();
  const early = [];
  const keep = price => early.push(price);
  feed.on('price', keep);
  feed.open();
  const { currency } = await loading;
  feed.off('price', keep);
  const add = price => prices.push(`${price} ${currency}`);
  early.forEach(add);
  feed.on('price', add);
  return prices;
}

module.exports = { follow, fixedFollow };
