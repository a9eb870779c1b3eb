// Saves a text after a pause in the typing.

const QUIET = 100;

/** The race: what is typed while the last text is being written counts as written. */
class Autosave {
  text = undefined;
  timer = undefined;

  constructor(write) {
    this.write = write;
  }

  type(text) {
    this.text = text;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), QUIET);
  }

  async save() {
    if (this.text === undefined) return;
    await this.write(this.text);
    this.text = undefined;
  }
}

/** Takes the text before it writes. */
class FixedAutosave extends Autosave {
  async save() {
    const { text } = this;
    this.text = undefined;
    if (text !== undefined) await this.write(text);
  }
}

module.exports = { Autosave, FixedAutosave };
