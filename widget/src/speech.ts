/** Reading aloud, with voices of the device alone: others send every word to somebody's server. */

export class Speech {
  /** Whether something is being read now. */
  speaking = "";

  constructor(private readonly changed: () => void) {
    this.engine?.addEventListener?.("voiceschanged", changed);
  }

  get possible(): boolean {
    return this.voices.length > 0;
  }

  /** Reads the words; `id` names what is read. Silent where no voice of the device speaks the language. */
  read(id: string, words: string, lang: string): void {
    this.stop();
    const voice = this.voiceFor(lang);
    if (!voice || !this.engine) return;
    const utterance = new SpeechSynthesisUtterance(words);
    utterance.voice = voice;
    utterance.lang = voice.lang;
    utterance.onend = utterance.onerror = () => this.ended(id);
    this.speaking = id;
    this.engine.speak(utterance);
    this.changed();
  }

  stop(): void {
    this.engine?.cancel();
    this.ended(this.speaking);
  }

  close(): void {
    this.engine?.removeEventListener?.("voiceschanged", this.changed);
    this.stop();
  }

  private ended(id: string): void {
    if (!id || this.speaking !== id) return;
    this.speaking = "";
    this.changed();
  }

  private voiceFor(lang: string): SpeechSynthesisVoice | undefined {
    const main = lang.split("-")[0] ?? lang;
    const fitting = this.voices.filter((voice) => voice.lang.toLowerCase().startsWith(main.toLowerCase()));
    return fitting.find((voice) => voice.default) ?? fitting[0];
  }

  private get voices(): SpeechSynthesisVoice[] {
    return (this.engine?.getVoices() ?? []).filter((voice) => voice.localService);
  }

  private get engine(): SpeechSynthesis | undefined {
    return typeof speechSynthesis === "undefined" ? undefined : speechSynthesis;
  }
}
