// The form that asks for a token, shown once the server has asked for one.

/** Calls back when somebody has signed in or out. */
export class SignIn {
  constructor(form, leave, session, onChange) {
    this.form = form;
    this.leave = leave;
    this.session = session;
    this.box = form.elements.token;
    this.answer = form.querySelector('output');
    form.addEventListener('submit', event => {
      event.preventDefault();
      this.#submit(onChange);
    });
    leave.addEventListener('click', () => {
      session.signOut();
      this.#show();
      onChange();
    });
    this.#show();
  }

  /** The server has answered that it must know who asks. */
  ask() {
    if (this.session.signedIn) this.answer.textContent = 'The token is not valid any more.';
    this.session.signOut();
    this.#show();
    this.form.hidden = false;
  }

  async #submit(onChange) {
    if (this.box.value.trim() === '') return;
    this.answer.textContent = 'Asking …';
    const why = await this.session.signIn(this.box.value);
    this.answer.textContent = why;
    if (why !== '') return;
    this.box.value = '';
    this.form.hidden = true;
    this.#show();
    onChange();
  }

  #show() {
    this.leave.hidden = !this.session.signedIn;
  }
}
