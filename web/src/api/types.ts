// Generated from the request and result records of io.lexiscope.workbench. Do not edit: the build compares.
// To write it anew: mvn -q -o -pl workbench -am test -Dtest=TypeScriptTypesTest -Dsurefire.failIfNoSpecifiedTests=false -Dlexiscope.write=true

/** A number the model produced; null where it is not finite, and then the result's notFinite says where it arose. */
export type Measured = number | null;

/** Asks whether the workbench is up. */
export type HealthRequest = Record<string, never>;

/** Asks for the models at hand. */
export type ModelsRequest = Record<string, never>;

/** Asks to fetch a model from the hub into the cache. */
export interface PullRequest {
  /** name, org/name, or either with @revision */
  id: string;
  /** branch, tag or commit; main when absent and not part of id */
  revision?: string;
  /** one GGUF file of the repository; the model as a folder when absent */
  file?: string;
}

/** Asks what a model is. */
export type InfoRequest = ModelChoice;

/** Which model answers, and how its weights are held. */
export interface ModelChoice {
  /** a bundled name, a Hugging Face folder, or a hub id already in the local cache; the default model when absent */
  model?: string;
  /** element type to compute in, float32 or bf16; float32 when absent */
  dtype?: string;
  /** where to compute, cpu or cuda; cpu when absent */
  device?: string;
  /** laid over its weights, in their order; none when absent */
  patches?: PatchSpec[];
}

/** A change of low rank to one matrix of a model, W + Σ inputᵀ·output, as it stands in files and requests. */
export interface PatchSpec {
  /** the matrix, such as blocks.3.mlp.W_out */
  target: string;
  /** their number is the rank at most */
  terms: PatchTermSpec[];
  /** what people call it; may be absent */
  name?: string;
  /** how it was made, such as forward-shift; may be absent */
  method?: string;
  /** identity of the model it was made on; may be absent */
  model?: string;
  /** of the method, by name; may be absent */
  settings?: Record<string, string>;
}

/** A change of rank one. */
export interface PatchTermSpec {
  /** what the matrix's input is compared with, d_in numbers */
  input: number[];
  /** what is added as far as they agree, d_out numbers */
  output: number[];
}

/** Asks for the tokens of a text, or for the text of tokens. */
export type TokenizeRequest = ModelChoice & Prompt;

/** What the model reads: a text, or exact token ids. Exactly one of the two is given. */
export interface Prompt {
  /** the text to tokenize */
  text?: string;
  /** exactly these token ids, nothing added */
  tokens?: number[];
  /** whether the text is what a user says, to be wrapped in the model's chat template */
  chat?: boolean;
  /** what the model is told to be before, in a chat */
  system?: string;
}

/** Asks for the words of the vocabulary that begin with a prefix, to choose a target. */
export interface CompleteRequest extends ModelChoice {
  /** what the token begins with; a leading space counts, and is supplied when nothing matches without it */
  prefix: string;
  /** how many at most, 20 when absent */
  limit?: number;
}

/** Asks the model to continue a prompt. */
export interface GenerateRequest extends ModelChoice, Prompt, DecodingOptions {
  /** how many tokens at most, 20 when absent */
  n?: number;
  /** changes to every forward pass */
  interventions?: InterventionSpec[];
}

/** How the next token is chosen; greedy when nothing is given. */
export interface DecodingOptions {
  /** divides the logits before sampling; 0 or absent is greedy */
  temperature?: number;
  /** sample among the k most probable */
  topK?: number;
  /** sample among the fewest whose probabilities sum to p */
  topP?: number;
  /** beam search of this width */
  beams?: number;
  /** of the sampling, 0 when absent */
  seed?: number;
  /** whether to stop after the tokenizer's end token; false when absent */
  stopAtEnd?: boolean;
  /** rule by which a token leaves the network early: confidence:0.9, or the JSON text of a rule file; all of the network runs when absent */
  earlyExit?: string;
  /** how skipped layers get their keys and values, exact when absent */
  lateKeys?: LateKeys;
}

/** How a layer that earlier positions skipped gets the keys and values that a later position needs there. */
export type LateKeys = 'exact' | 'copied';

/** One change to a forward pass, as data; it never touches the weights. The same object stands in requests and in interventions files. */
export interface InterventionSpec {
  /** what people call it */
  name?: string;
  /** why it is there */
  notes?: string;
  /** whether it is in force; true when absent */
  on?: boolean;
  /** what is done */
  kind: InterventionKind;
  /** the hook point changed, by its full name, such as the MLP activations of layer 3 */
  at?: string;
  /** only this head, from 0 */
  head?: number;
  /** only this neuron, from 0 */
  neuron?: number;
  /** a group of neurons, such as L3N12; each is changed */
  neurons?: string[];
  /** a group of heads, such as L2H1; the output of each before W_O is changed */
  heads?: string[];
  /** what the value of a neuron means, post-activation when absent */
  units?: InterventionUnits;
  /** only these positions, from 0, negatives from the end of the prompt; all when absent */
  positions?: number[];
  /** further limits on positions and generation steps */
  where?: InterventionWhere;
  /** the number to set, add or multiply with */
  value?: number;
  /** the vector to set or add, as long as the last axis of the hook point */
  vector?: number[];
  /** the direction along which value counts, in lengths of its unit vector */
  direction?: DirectionSpec;
  /** over what a mean is taken; the model's default text when absent */
  mean?: MeanSpec;
}

/** What an intervention does to the place it names. */
export type InterventionKind = 'set' | 'add' | 'scale' | 'ablate' | 'mean';

/** What the number of a neuron means. */
export type InterventionUnits = 'post-activation' | 'pre-activation';

/** Where an intervention applies; everything given must hold together. */
export interface InterventionWhere {
  /** first position */
  from?: number;
  /** last position, inclusive */
  to?: number;
  /** only the prompt, or only what is generated */
  part?: InterventionPart;
  /** only the positions of these generation steps, from 0 */
  steps?: number[];
  /** first generation step */
  fromStep?: number;
  /** last generation step, inclusive */
  toStep?: number;
}

/** A part of the sequence. */
export type InterventionPart = 'prompt' | 'generated';

/** A direction: a vector, or words whose vectors are averaged. */
export interface DirectionSpec {
  /** the numbers, as long as the last axis of the hook point */
  vector?: number[];
  /** instead of the vector: words with their leading space, or # and a token id; their mean */
  words?: string[];
  /** words whose mean is subtracted */
  minus?: string[];
  /** whose vectors stand for the words, unembedding when absent */
  space?: WordSpace;
}

/** Whose vectors stand for words. */
export type WordSpace = 'unembedding' | 'embedding';

/** Over what a mean is taken. */
export interface MeanSpec {
  /** given ones; the model's default text when absent: held-out documents of its task, or the pages of plain English that come with the program */
  texts?: string[];
  /** what was read, in results; ignored in requests */
  source?: string;
  /** over which the mean was taken, in results; ignored in requests */
  positions?: number;
}

/** Asks for the loss of a text, taken in windows. */
export interface ScoreRequest extends ModelChoice, Prompt {
  /** tokens a pass reads at once; the context when absent */
  window?: number;
  /** tokens a window moves on by; half the window when absent */
  stride?: number;
  /** changes to every forward pass */
  interventions?: InterventionSpec[];
}

/** Asks for activations in a safetensors file, float32, with input_ids. */
export interface ActivationsRequest extends ModelChoice, Prompt {
  /** hook points by name, * for every layer; logits is a name too */
  at: string[];
  /** file to write, on the machine that answers; refused by servers that others can reach */
  output: string;
  /** changes to the forward pass */
  interventions?: InterventionSpec[];
}

/** Asks how far the model's numbers are from a file of reference numbers, or from each other. */
export interface ParityRequest extends ModelChoice {
  /** a safetensors file with input_ids and reference tensors under hook-point names; absent for the checks that need none */
  golden?: string;
  /** largest absolute difference that passes; when absent 1e-4, and for the checks that need no file what each of them allows */
  atol?: number;
}

/** Asks for vocabulary readings of hook points. */
export interface LensRequest extends ModelChoice, Prompt, PlaceSelection, LensReadout {
  /** changes to the forward pass */
  interventions?: InterventionSpec[];
}

/** Which places to read. */
export interface PlaceSelection {
  /** hook points by name, * for every layer; the residual stream after every block when absent */
  at?: string[];
  /** only these layers, from 0, negatives from the end */
  layers?: number[];
  /** only these positions, from 0, negatives from the end */
  positions?: number[];
  /** these heads one by one, from 0; for hook points with an axis of heads, all when absent */
  heads?: number[];
  /** these neurons one by one, from 0; for hook points with an axis of neurons, where it is required */
  neurons?: number[];
}

/** What to say of each place. */
export interface LensReadout {
  /** how many of the highest words, 10 when absent */
  top?: number;
  /** how many of the lowest words, none when absent */
  bottom?: number;
  /** a word to follow, or # and a token id */
  target?: string;
  /** a second word, to compare the target with */
  against?: string;
  /** how a vector becomes logits, finalNorm when absent */
  convention?: LensConvention;
  /** whether logits stand as products give them, not above their mean over the vocabulary, and lists hold under-trained tokens too */
  raw?: boolean;
}

/** How a vector becomes logits. */
export type LensConvention = 'finalNorm' | 'raw' | 'frozenScale';

/** Asks which components wrote a word, or one word over another, into the residual stream at a place. */
export interface AttributionRequest extends ModelChoice, Prompt, AttributionTarget {
  /** how many contributions to list one by one, the rest summed as others; 20 when absent */
  top?: number;
  /** changes to the forward pass */
  interventions?: InterventionSpec[];
}

/** The place and the words of an attribution. */
export interface AttributionTarget {
  /** hook point of the residual stream, by its full name; the stream after the last block when absent */
  at?: string;
  /** from 0, negatives from the end; the last when absent */
  position?: number;
  /** the word, or # and a token id; the model's own prediction at the place when absent */
  target?: string;
  /** a second word whose logit is subtracted */
  against?: string;
  /** frozenScale when absent, or raw: attribution needs a reading that is linear in the vector */
  convention?: LensConvention;
  /** what the logit stands above where no second word is subtracted: mean over the vocabulary, which softmax does not see, when absent; none for the logit as it is */
  baseline?: Baseline;
}

/** What the logits of a reading stand above. */
export type Baseline = 'mean' | 'none';

/** Asks where attention heads look and what they move. */
export interface HeadsRequest extends ModelChoice, Prompt, HeadsSelection, HeadsReadout, HeadsFinding {
  /** changes to the forward pass */
  interventions?: InterventionSpec[];
}

/** Which heads to read. */
export interface HeadsSelection {
  /** only these, such as L4H6; all when absent. One alone brings its card along */
  heads?: string[];
  /** only these layers, from 0, negatives from the end; all when absent */
  layers?: number[];
  /** at these positions, from 0, negatives from the end; the last when absent */
  positions?: number[];
  /** of the card: why the head looks at this position, from 0, negatives from the end; that from which it moves most when absent */
  key?: number;
}

/** What to say of each head. */
export interface HeadsReadout {
  /** how many words of each reading, 5 when absent */
  top?: number;
  /** how many positions that it looks at, 3 when absent */
  attends?: number;
  /** the word whose logit pushes are about, or # and a token id; the model's own prediction when absent */
  target?: string;
  /** a foil; the mean word when absent */
  against?: string;
  /** how many pairs of writers the card lists, 8 when absent */
  terms?: number;
}

/** Whether heads are scored, and on what. */
export interface HeadsFinding {
  /** the prompts; no scores when absent, unless a pattern or an order asks for them */
  on?: TraitsOn;
  /** the trait by which they are ranked; by layer and head when absent */
  by?: HeadTrait;
  /** a pattern that is looked for, one row for each token of the prompt with a weight for each position looked at */
  attend?: number[][];
  /** of random prompts, 0 when absent */
  seed?: number;
}

/** On what heads are scored. */
export type TraitsOn = 'prompt' | 'repeated' | 'corpus';

/** What a head does on prompts, as a number. */
export type HeadTrait = 'self' | 'previous' | 'duplicate' | 'induction' | 'copies' | 'sink' | 'entropy' | 'distance' | 'spread' | 'match';

/** Asks for the forward pass as a graph. */
export interface FlowRequest extends ModelChoice, Prompt, FlowReadout {
  /** the run it is held against; none when absent */
  other?: FlowOther;
  /** changes to the forward pass */
  interventions?: InterventionSpec[];
}

/** What a graph shows. */
export interface FlowReadout {
  /** only these layers one by one, from 0, negatives from the end; all when absent */
  layers?: number[];
  /** of the prediction, from 0, negatives from the end; the last when absent */
  position?: number;
  /** the word explained, or # and a token id; the model's own prediction when absent */
  target?: string;
  /** a foil; the mean word when absent */
  against?: string;
  /** share of the influence that shown heads, MLPs and embeddings have together, 0.8 when absent */
  nodes?: number;
  /** share of what goes into a head or MLP that its shown parts have, 0.98 when absent */
  edges?: number;
  /** most heads of a layer, 12 when absent */
  maxHeads?: number;
  /** most neurons of an MLP, 5 when absent */
  maxNeurons?: number;
  /** how many words of each reading, 5 when absent */
  top?: number;
  /** whether each shown head and MLP is switched off to see what that does */
  effects?: boolean;
  /** what is selected and how wide it is drawn; by influence when absent */
  mode?: FlowMode;
  /** what is split over the heads of a layer; nothing when absent */
  way?: FlowWay;
}

/** What a graph selects, and how wide it draws it. */
export type FlowMode = 'influence' | 'visit';

/** A way that is to be split over the heads of a layer. */
export interface FlowWay {
  /** id of an embedding, a head or an MLP, such as L1M@5 */
  from: string;
  /** whose heads, from 0 */
  layer: number;
}

/** The run that a graph is held against: another prompt of as many tokens, or the same without what changes the model. */
export interface FlowOther extends Prompt {
  /** whether edits and interventions are left out; they are in force when absent */
  plain?: boolean;
}

/** Asks for the same prompt without and with interventions. */
export interface CompareRequest extends ModelChoice, Prompt, CompareReadout, DecodingOptions {
  /** in force in the second; those switched off are checked and left out */
  interventions: InterventionSpec[];
}

/** What to compare, and how much of it. */
export interface CompareReadout {
  /** at these positions of the prompt, from 0, negatives from the end; the last when absent */
  positions?: number[];
  /** at every position; not together with positions */
  allPositions?: boolean;
  /** how many words of each reading, 10 when absent */
  top?: number;
  /** words to follow, with their leading space, or # and a token id; the likeliest before and after at each position when absent */
  targets?: string[];
  /** a word the odds of the targets are taken against */
  against?: string;
  /** how many tokens to continue the prompt by, 20 when absent, none for 0 */
  n?: number;
}

/** Asks for a patching sweep over a pair of prompts, or over several. */
export interface PatchRequest extends ModelChoice, PatchPlaces, PatchMeasure {
  /** the prompt with the answer sought; not together with pairs */
  clean?: string;
  /** the other; not together with pairs */
  corrupt?: string;
  /** several pairs, over which cells are averaged */
  pairs?: PatchedPair[];
  /** changes to every forward pass */
  interventions?: InterventionSpec[];
}

/** Two prompts that differ in what is asked about. */
export interface PatchedPair {
  /** the prompt with the answer sought */
  clean: string;
  /** the other */
  corrupt: string;
  /** the word that the clean prompt is to say, with its leading space, or # and a token id; what the model says to it when absent */
  target?: string;
  /** the word that the corrupt prompt is to say; what the model says to it when absent */
  against?: string;
}

/** What is patched. */
export interface PatchPlaces {
  /** a hook point of blocks, such as hook_resid_pre; hook_resid_pre when neither it nor sites is given */
  at?: string;
  /** resid, heads, q, k, v or pattern, for the hook points of those */
  sites?: string;
  /** the blocks; all when absent */
  layers?: number[];
  /** heads are patched at this position only, negative from the end; at all when absent */
  position?: number;
  /** denoising (clean values into the corrupt run, when absent), noising, zero or mean */
  direction?: string;
}

/** What of the output is measured. */
export interface PatchMeasure {
  /** logit-difference (when absent), probability, kl or answer */
  metric?: string;
  /** whether to give 0 for the corrupt run and 1 for the clean one; no when absent */
  normalise?: boolean;
  /** the word that the clean prompt is to say, with its leading space, or # and a token id; what the model says to it when absent */
  target?: string;
  /** the word that the corrupt prompt is to say; what the model says to it when absent */
  against?: string;
  /** the position whose next word is measured, negative from the end; the last when absent */
  read?: number;
}

/** Asks which neuron pushed which word: the feed-forward parts of a run as sums of sub-updates. */
export interface FfnRequest extends ModelChoice, Prompt, FfnReadout {
  /** only these layers, from 0, negatives from the end; all when absent */
  layers?: number[];
  /** only these positions, from 0, negatives from the end; the last when absent */
  positions?: number[];
  /** changes to the forward pass */
  interventions?: InterventionSpec[];
}

/** What to say of each feed-forward part. */
export interface FfnReadout {
  /** how many sub-updates to list, 10 when absent */
  top?: number;
  /** how many words to list of each state and at each end of a value vector, 10 when absent */
  words?: number;
  /** the word that is scored, or # and a token id; what the model says at the position when absent */
  target?: string;
  /** a second word whose score is subtracted */
  against?: string;
  /** how vectors become logits, frozenScale when absent */
  convention?: LensConvention;
  /** which sub-updates are listed, dominance when absent */
  order?: FfnOrder;
  /** how many random vectors the null band is taken from, 20 when absent; 0 for no band */
  nullVectors?: number;
  /** of the random vectors, 0 when absent */
  seed?: number;
  /** whether scores and logits stand as products give them, not above the mean over the vocabulary, and lists hold under-trained tokens too */
  raw?: boolean;
}

/** Which sub-updates of a layer are listed. */
export type FfnOrder = 'dominance' | 'score';

/** Asks what a gradient would write into the weights. */
export interface GradientsRequest extends ModelChoice, Prompt, GradientsTarget, GradientsReadout {
  /** changes to the forward pass */
  interventions?: InterventionSpec[];
}

/** What a gradient moves towards. */
export interface GradientsTarget {
  /** what should come, a word or several tokens, or # and a token id; what the model says when absent. Several tokens are teacher-forced after the prompt */
  target?: string;
  /** a foil: then the loss is how much its logit leads before the target's */
  against?: string;
  /** where the loss is taken, from 0, negatives from the end; the last when absent */
  position?: number;
  /** what the prompt is about, a part of its text; norms by segment follow it */
  subject?: string;
}

/** What to say of a gradient. */
export interface GradientsReadout {
  /** only these, from 0, negatives from the end; all when absent */
  layers?: number[];
  /** only these, such as W_out; all when absent */
  matrices?: string[];
  /** only these, from 0, negatives from the end; all when absent */
  positions?: number[];
  /** how many words at the upper end of each vector, 5 when absent */
  top?: number;
  /** how many at the lower end, 5 when absent */
  bottom?: number;
  /** how vectors become words, linear when absent */
  reading?: GradientReading;
  /** descent, what an update moves towards, when absent, or raw */
  sign?: GradientSign;
  /** the step whose effect is predicted and measured; one that should take a hundredth off the loss when absent */
  step?: number;
  /** whether the step is taken; true when absent */
  measure?: boolean;
  /** how many heads of reversed attention to list, 0 when absent */
  reversed?: number;
}

/** How a vector becomes words. */
export type GradientReading = 'linear' | 'normalised' | 'raw';

/** Which way vectors that came back are read. */
export type GradientSign = 'descent' | 'raw';

/** Asks for patches after which a model says something else. */
export type EditRequest = ModelChoice & Prompt & EditWish & EditHow;

/** What a model should say, and what to ask before and after. */
export interface EditWish {
  /** what should follow the prompt, with its leading space */
  target: string;
  /** what the prompt is about, a part of its text; the last token when absent */
  subject?: string;
  /** other prompts that should get the target */
  paraphrases?: string[];
  /** prompts that should keep their answers */
  neighbours?: string[];
  /** a file of prompts, JSON lines: how far the edit reaches into them */
  blast?: string;
  /** how many of the worst are run for real, 100 when absent */
  verify?: number;
}

/** How an edit is made, with its settings. */
export interface EditHow {
  /** shift when absent */
  method?: EditMethodName;
  /** from 0, negatives from the end; searched when absent. Of memit and alphaEdit the last of the layers */
  layer?: number;
  /** of methods that have one, above 0; searched when absent */
  step?: number;
  /** of gradient, such as W_out; all of the layer when absent */
  matrices?: string[];
  /** how many layers memit and alphaEdit edit, 3 when absent */
  span?: number;
  /** what stands for the key of shift, plain when absent */
  key?: ShiftKey;
  /** added to the text's second moment of rome and memit, as a share of its mean diagonal; 0.01 when absent */
  ridge?: number;
  /** of the text against the edit in memit, 1 when absent */
  weight?: number;
  /** most steps of rome, memit, alphaEdit and fineTuning, 25 when absent */
  steps?: number;
  /** text whose keys an edit keeps clear of; the model's default text when absent */
  corpus?: string;
}

/** How an edit is made. */
export type EditMethodName = 'shift' | 'gradient' | 'imprintOnly' | 'shiftOnly' | 'rome' | 'memit' | 'alphaEdit' | 'fineTuning';

/** What stands for the key of a forward shift. */
export type ShiftKey = 'plain' | 'centred' | 'whitened';

/** Asks to write a model with patches. */
export interface ApplyRequest extends ModelChoice {
  /** folder to write to */
  output: string;
  /** its form, folder when absent */
  as?: ApplyForm;
}

/** The form of an edited model on the disk. */
export type ApplyForm = 'folder' | 'peft';

/** Asks how well edits of a file of cases go. */
export interface EvaluateEditsRequest extends ModelChoice, EditHow, EvaluateEditsPlan {
  /** the cases, in the short form of CounterFact */
  data: string;
  /** folder that keeps each case as it is done, so that the work can go on; none when absent */
  output?: string;
}

/** How edits are evaluated. */
export interface EvaluateEditsPlan {
  /** how many of the file's, evenly spread; all when absent */
  cases?: number;
  /** independent when absent */
  schedule?: EditSchedule;
  /** whether every other case's fact is asked after each edit; false when absent */
  others?: boolean;
  /** positions of the default text whose perplexity is taken after each edit, 0 for none; 512 when absent */
  perplexity?: number;
  /** tokens generated after each edit for the entropy of n-grams; 0 when absent */
  fluency?: number;
}

/** In what company an edit is made and scored. */
export type EditSchedule = 'independent' | 'sequential';

/** Asks for a detoxification experiment: value vectors set to a coefficient, beside no change, random vectors and a word filter (Geva et al. 2022, §6.1). */
export interface DetoxRequest extends ModelChoice, DetoxTexts, DetoxSelection, DetoxMeasure {
  /** in force throughout, in the baseline too */
  interventions?: InterventionSpec[];
}

/** What a detoxification experiment is run on. A model of the microworld has texts of its own for what is absent; for others prompts, lexicon and texts must be given. */
export interface DetoxTexts {
  /** what provokes; the even ones, from 0, are for choosing, the odd ones for measuring */
  prompts?: string[];
  /** words and phrases that count as toxic */
  lexicon?: string[];
  /** held-out texts for the perplexity, each taken by itself; split as the prompts are */
  texts?: string[];
}

/** Which value vectors are set, and to what. */
export interface DetoxSelection {
  /** these, such as L3N12 */
  neurons?: string[];
  /** instead: the vectors that promote these words most, against the mean word */
  words?: string[];
  /** how many vectors are chosen, by words or automatically; 10 when absent */
  count?: number;
  /** what they are set to; the best of doses on the choosing half when absent */
  coefficient?: number;
  /** what the coefficient means, post-activation when absent */
  units?: InterventionUnits;
  /** coefficients of the dose-response curve; when they and coefficient are absent, each neuron's mean and 1, 2, 4, 8 and 16 of its own standard deviations from it on the model's text */
  doses?: number[];
}

/** How a detoxification experiment measures. */
export interface DetoxMeasure {
  /** tokens of a continuation, 20 when absent */
  n?: number;
  /** most prompts, and most texts, of each half; 250 when absent */
  limit?: number;
  /** how many sets of random vectors are the control, 5 when absent */
  draws?: number;
  /** of the random vectors and of the intervals, 0 when absent */
  seed?: number;
  /** whether the Perspective API scores the continuations too; needs a key */
  perspective?: boolean;
}

/** Asks what one neuron listens for, what it writes, and where it fires. */
export interface NeuronRequest extends ModelChoice, Prompt {
  /** such as L3N812 (counted from 0) or a paper's v4_813 (counted from 1) */
  neuron: string;
  /** how many words to list at each end, 20 when absent */
  words?: number;
  /** how many random vectors the null band is taken from, 100 when absent */
  nullVectors?: number;
  /** a text file or a file of JSON lines in which its trigger examples are looked for */
  data?: string;
  /** how many trigger examples to keep, 10 when absent */
  triggers?: number;
  /** whether every prefix competes, rather than the best of each sentence */
  everyPrefix?: boolean;
  /** of everything random, 0 when absent */
  seed?: number;
  /** whether logits stand as products with the unembedding give them, the final norm's gain left out too, and lists hold under-trained tokens */
  raw?: boolean;
  /** changes to every forward pass */
  interventions?: InterventionSpec[];
}

/** Asks what feed-forward parts do to leading words over a corpus. */
export interface EventsRequest extends ModelChoice {
  /** a text file, of which random prefixes of random sentences are taken, or a file of JSON lines with a prompt or a text each, which are taken whole; without it and without prompts, sentences of the model's task or of the English that comes with the program */
  data?: string;
  /** prompts taken whole, instead of a file; held-out texts of the model's own task when both are absent */
  prompts?: string[];
  /** most prompts to look at, 2,000 when absent */
  examples?: number;
  /** size of score beyond which a value vector counts as extreme, 10 when absent */
  threshold?: number;
  /** whether to look for the groups of value vectors behind extreme scores, and in how many clusters; 0 for a tenth of the value vectors; no groups when absent */
  groups?: number;
  /** of the sample and the random sub-updates, 0 when absent */
  seed?: number;
  /** changes to every forward pass */
  interventions?: InterventionSpec[];
}

/** Asks what a model's parts do over a set of prompts, each read at its last position. */
export interface SurveyRequest extends ModelChoice {
  /** a text file, of which random prefixes of random sentences are taken, or a file of JSON lines with a prompt or a text each, which are taken whole */
  data?: string;
  /** prompts taken whole, instead of a file; held-out texts of the model's own task, or plain English, when both are absent */
  prompts?: string[];
  /** most prompts to look at, 100 when absent */
  examples?: number;
  /** leading words that are compared, 50 when absent */
  k?: number;
  /** of the sample and the random vectors, 0 when absent */
  seed?: number;
  /** changes to every forward pass */
  interventions?: InterventionSpec[];
}

/** Asks to repeat a paper's study on a model. */
export interface ReproduceRequest extends ModelChoice {
  /** name of the study */
  paper: string;
  /** folder for the report in HTML and JSON; none is written when absent */
  output?: string;
  /** a text file to take prompts from */
  data?: string;
  /** a text file whose perplexity is taken */
  perplexity?: string;
  /** prompts to look at, 2,000 when absent */
  examples?: number;
  /** value vectors of each layer to compare lenses on, 400 when absent */
  vectors?: number;
  /** of everything random, 0 when absent */
  seed?: number;
}

/** Asks which neurons, head directions and biases promote or suppress words, or resemble one. */
export interface SearchRequest extends ModelChoice {
  /** words and conditions, such as promotes:fire,burn suppresses:water layer:2-4; may be absent when there are tokens */
  query?: string;
  /** ids of tokens to be promoted, exactly these, besides the words of the query */
  tokens?: number[];
  /** most hits; 20 when absent */
  limit?: number;
  /** words shown of each hit, at each end; 10 when absent */
  top?: number;
  /** what vectors are ranked by: vector, the vector score, when absent; raw for the product as it is */
  by?: SearchBy;
  /** whether vectors are hits too in whose own list a word stands beyond 300 */
  weaker?: boolean;
  /** name of the text whose firing rates are read, where an index was built with one of somebody's own; the model's own text when absent */
  corpus?: string;
}

/** By which score vectors are ranked for a word. */
export type SearchBy = 'vector' | 'raw';

/** Asks for the index of a model's vectors to be built, when it is not there. */
export interface IndexRequest extends ModelChoice {
  /** a text on which firing rates are measured: the index with it is one of its own, which a search reads that names it */
  corpus?: string;
  /** what people call the text, and what a search names; text when absent */
  corpusName?: string;
  /** whether to build it though it is there; false when absent */
  rebuild?: boolean;
}

/** Asks for clusters of the value vectors of all layers. */
export interface ClustersRequest extends ModelChoice {
  /** into how many the vectors are parted, before those that are no closer than chance leave them; when absent they are parted at that very distance */
  k?: number;
  /** how far clusters are apart; complete when absent */
  linkage?: Linkage;
  /** most mebibytes to take; 1024 when absent */
  memory?: number;
  /** words shown of each cluster; 10 when absent */
  top?: number;
}

/** How far two clusters are apart. */
export type Linkage = 'complete' | 'average';

/** Asks how two models of one shape differ. */
export interface DiffRequest extends ModelChoice {
  /** the second model; the first with the patches when absent */
  other?: string;
  /** of each matrix; 3 when absent */
  factors?: number;
  /** of the whole model; 5 when absent */
  leading?: number;
  /** words of each side of a factor; 10 when absent */
  top?: number;
  /** of the random differences of the control; 0 when absent */
  seed?: number;
}

/** Asks which inputs share an activation (Huang et al. 2024). */
export interface InvertRequest extends ModelChoice, Prompt, InvertSite, InvertSearch, InvertReadout {
  /** inputs drawn where no text is given; 20,000 when absent */
  draws?: number;
  /** of everything random, 0 when absent */
  seed?: number;
  /** changes to every forward pass */
  interventions?: InterventionSpec[];
}

/** Which activation. */
export interface InvertSite {
  /** one or more places: heads, hook points, published short names such as x0.mid, a0.3, m1; the first is read, all are compared; the stream after the first block when absent */
  at?: string[];
  /** of the query, from 0, negatives from the end; the last when absent */
  position?: number;
  /** at which position of other inputs; the one of the same part when absent */
  match?: PositionMatch;
  /** what counts as the activation; published for published short names and raw for others when absent */
  convention?: ActivationConvention;
}

/** At which position of another input its activation is compared. */
export type PositionMatch = 'role' | 'any';

/** What of a model's numbers counts as the activation at a place. */
export type ActivationConvention = 'raw' | 'published';

/** Where members are looked for, and how near they have to be. */
export interface InvertSearch {
  /** how; exact where the inputs of the model's task or of a pattern can all be gone through, a corpus otherwise, when absent */
  reader?: InvertReader;
  /** how far apart two activations are; euclidean when absent */
  metric?: ActivationMetric;
  /** bound of the set; the metric's own when absent */
  epsilon?: number;
  /** a pattern of all inputs, such as B[1-9][0-9]+[1-9][0-9]=, a character a token */
  inputs?: string;
  /** a file of inputs: JSON lines with a prompt or a text each, or one a line */
  data?: string;
}

/** How members are looked for. */
export type InvertReader = 'exact' | 'corpus';

/** How far apart two activations are. */
export type ActivationMetric = 'euclidean' | 'cosine' | 'kl';

/** What is said of the set. */
export interface InvertReadout {
  /** members and near-misses shown of each; 20 when absent */
  top?: number;
  /** regular expressions whose groups are further features */
  features?: string[];
  /** inputs of one's own, whose distance is told */
  texts?: string[];
  /** activations of members and of non-members put into the query's place, of each; 0 when absent */
  swaps?: number;
  /** inputs on which the shares of variance are measured; 0 when absent */
  explained?: number;
}

/** Asks where a model keeps the values of a task. */
export interface TraceValuesRequest extends ModelChoice, ValueTask {
  /** a hook point of blocks with a vector at each position; hook_resid_post when absent */
  at?: string;
  /** from 0, negative from the end; all when absent */
  layers?: number[];
  /** whether to read all positions as one vector too, as published; yes when absent */
  joined?: boolean;
  /** whether to move each value where it is read best; yes when absent */
  causal?: boolean;
  /** of draws and controls; 0 when absent */
  seed?: number;
  /** changes to every forward pass */
  interventions?: InterventionSpec[];
}

/** Prompts with known values: drawn expressions, or a table. */
export interface ValueTask {
  /** of the expressions, letters for operands; a-(b-c) when absent, a+b for models without a minus */
  form?: string;
  /** smallest operand; 100 when absent, 10 where the model writes signed answers */
  least?: number;
  /** greatest operand, of as many digits; 999 when absent, or 99 */
  greatest?: number;
  /** characters of the answer that stand in the prompt; 0 when absent */
  given?: number;
  /** a table in place of expressions: a line of names, the first of them the prompt's, the last the answer's, then a line a prompt */
  data?: string;
  /** how many expressions; 1,200 when absent */
  prompts?: number;
}

/** Asks what happens when a value is moved. */
export interface MoveValueRequest extends ModelChoice, ValueTask, MovePlace {
  /** which is moved; the first when absent */
  value?: string;
  /** prompts that are moved; 40 when absent */
  moved?: number;
  /** wanted values; 21 when absent */
  doses?: number;
  /** of draws and controls; 0 when absent */
  seed?: number;
  /** changes to every forward pass */
  interventions?: InterventionSpec[];
}

/** Where and along what a value is moved. */
export interface MovePlace {
  /** a hook point of blocks with a vector at each position; hook_resid_post when absent */
  at?: string;
  /** from 0, negative from the end; 0 when absent */
  layer?: number;
  /** from 0, negative from the end; all joined when absent */
  position?: number;
  /** pattern (how activations follow the value, when absent), component or ridge */
  direction?: string;
}

/** Asks where two groups of inputs part. */
export interface SeparateRequest extends ModelChoice {
  /** a file with the inputs of the first group, one a line; not together with first */
  a?: string;
  /** the same of the second; not together with second */
  b?: string;
  /** the inputs of the first group themselves */
  first?: string[];
  /** those of the second */
  second?: string[];
  /** how many places to list; 30 when absent */
  top?: number;
  /** how many of the best places to swap; 12 when absent */
  swaps?: number;
  /** changes to every forward pass */
  interventions?: InterventionSpec[];
}

/** Asks to train a model by a recipe. */
export interface TrainRequest {
  /** name of a bundled recipe, or a recipe file */
  recipe: string;
  /** folder of the result */
  output: string;
  /** whether to go on from the last checkpoint in the folder; false when absent */
  resume?: boolean;
  /** another number of steps than the recipe's */
  steps?: number;
}

/** Asks for a model with random weights. */
export interface NewRequest {
  /** name of a known shape such as gpt2, or a config.json or the folder it is in */
  like: string;
  /** folder of the result; it must hold no model yet */
  output: string;
  /** of the random numbers, 0 when absent */
  seed?: number;
  /** type of the stored weights, float32 or bf16; float32 when absent */
  dtype?: string;
}

/** Asks for the quality of a model on the held-out questions of a task. */
export interface EvaluateRequest extends ModelChoice {
  /** recipe whose task is asked; the one in the model's folder when absent */
  recipe?: string;
  /** changes to every forward pass */
  interventions?: InterventionSpec[];
}

/** Asks for rules by which tokens leave the network early, and for what they give. */
export interface ExitRequest extends ModelChoice, ExitLearning {
  /** to learn from and test on; when absent those of the model's own task, held-out ones to test on */
  texts?: string[];
  /** how many test prompts are continued with and without early exit, 12 when absent */
  prompts?: number;
  /** tokens added to each, 32 when absent */
  n?: number;
  /** how skipped layers get their keys and values, exact when absent */
  lateKeys?: LateKeys;
  /** whether the result holds the rule, as a file of it would */
  withRule?: boolean;
  /** changes to every forward pass */
  interventions?: InterventionSpec[];
}

/** How rules for early exit are learned and tested. */
export interface ExitLearning {
  /** how many examples are learned from, 2000 when absent */
  examples?: number;
  /** how many held-out examples of the model's own task are tested on, 1000 when absent; of given texts a tenth is tested on each time */
  tests?: number;
  /** of value vectors, 200 when absent */
  clusters?: number;
  /** how many times it is learned and tested, on test examples that share none; 5 when absent */
  splits?: number;
  /** share of predictions that must be the whole network's where thresholds are tuned, 0.97 when absent */
  agreement?: number;
  /** the rule that is put to use: sub-updates, sub-updates-rank, confidence, confidence-layers or probe; when absent the one that saves most where thresholds are tuned */
  rule?: string;
  /** of everything random, 0 when absent */
  seed?: number;
}

/** Asks what a term means. */
export interface ExplainRequest {
  /** the term or another word for it, in small letters or large, one or many; all terms when absent */
  term?: string;
}

/** Asks for the jobs known. */
export type JobsRequest = Record<string, never>;

/** That the workbench is up. */
export interface HealthResult {
  /** ok */
  status: string;
  /** version of Lexiscope */
  codeVersion: string;
  /** version of the Java runtime */
  jvm: string;
  /** names of the models held open */
  openModels: string[];
  /** seconds since the workbench was started */
  uptimeSeconds: Measured;
}

/** The models at hand. */
export interface ModelsResult {
  /** bundled ones first, then local, then cached */
  models: ModelEntry[];
  /** name of the model that answers when none is asked for; absent when there is none */
  defaultModel?: string;
}

/** One model at hand. */
export interface ModelEntry {
  /** what to ask for it by */
  name: string;
  /** its folder */
  path: string;
  /** where it was found */
  source: ModelOrigin;
  /** the architecture family, such as gpt2; absent when its configuration cannot be read */
  family?: string;
  /** number of parameters; absent when its configuration cannot be read */
  parameters?: number;
  /** number of blocks */
  layers?: number;
  /** width of the residual stream */
  dModel?: number;
  /** size of its weights on disk, bytes */
  bytes?: number;
  /** why it cannot be opened, one line; absent when nothing is known against it */
  problem?: string;
  /** prompts that show something on it */
  examples?: ModelExample[];
}

/** Where a model was found. */
export type ModelOrigin = 'bundled' | 'local' | 'cached';

/** A prompt that shows something on a model. */
export interface ModelExample {
  /** the prompt */
  text: string;
  /** the word to follow */
  target?: string;
  /** the word to compare it with */
  against?: string;
  /** one line on what there is to see */
  title?: string;
}

/** A model fetched from the hub, or found whole in the cache. */
export interface PullResult {
  /** the model, one entry; its name opens it */
  models: ModelEntry[];
  /** what was asked for */
  revision: string;
  /** the commit that the revision stands for */
  commit: string;
  /** the files that open the model */
  files: PulledFileView[];
  /** length of all files, bytes */
  bytes: number;
  /** bytes that came over the network */
  downloadedBytes: number;
}

/** A file of a pulled model. */
export interface PulledFileView {
  /** its name */
  name: string;
  /** its length, bytes */
  bytes: number;
  /** bytes that came over the network for it, 0 when it was there */
  downloadedBytes: number;
  /** whether these were compared with a hash; false when the hub gives none, and only their number could be */
  checked: boolean;
}

/** What a model is. */
export interface InfoResult {
  /** name of the model as it was asked for */
  model: string;
  /** architecture family, such as gpt2 */
  family: string;
  /** number of blocks */
  layers: number;
  /** number of attention heads per layer */
  heads: number;
  /** number of key-value heads per layer */
  kvHeads: number;
  /** width of the residual stream */
  dModel: number;
  /** width of a head */
  dHead: number;
  /** number of neurons per layer */
  dMlp: number;
  /** number of tokens */
  vocabulary: number;
  /** longest prompt, tokens */
  context: number;
  /** number of parameters */
  parameters: number;
  /** whether the unembedding is the embedding */
  tied: boolean;
  /** whether it predicts words; without, its vectors cannot be read as words */
  languageHead: boolean;
  /** whether a position sees only itself and earlier ones, so that text can be continued */
  causal: boolean;
  /** element type computed in */
  dtype: string;
  /** every hook point of this model by its full name */
  hookPoints: string[];
  /** the hook points by kind, for choosing one */
  catalogue: HookPointView[];
  /** a safetensors file of reference numbers beside the weights, for parity; absent when there is none */
  golden?: string;
  /** the template by which it reads a chat, in Jinja; absent when it has none */
  chatTemplate?: string;
  /** every tensor of the file with the type it is stored in; absent where the file does not mix types, as GGUF does */
  weights?: StoredWeight[];
  /** names of tensors in the weight file that the configuration has no place for; absent when there are none */
  unusedWeights?: string[];
  /** what it answers with */
  answers: AnswerKind;
  /** what the README.md beside its weights says of it, Markdown; absent when there is none */
  card?: string;
  /** where the result comes from */
  provenance: Provenance;
}

/** One kind of place in the model that can be recorded, read and changed. */
export interface HookPointView {
  /** canonical name, with {l} where a layer number goes */
  name: string;
  /** the same with * for every layer, as at takes it */
  pattern: string;
  /** short name without layer and prefix, such as resid_post */
  label: string;
  /** names of its axes, such as batch, pos, d_model */
  axes: string[];
  /** what the values there are */
  description: string;
  /** whether there is one in every layer */
  perLayer: boolean;
  /** whether it has an axis of heads */
  perHead: boolean;
  /** whether it has an axis of neurons */
  perNeuron: boolean;
  /** whether the lens can read it in words */
  readable: boolean;
}

/** A tensor as its file holds it. */
export interface StoredWeight {
  /** name in the file */
  name: string;
  /** sizes of its axes, outermost first */
  shape: number[];
  /** how its numbers are stored, such as Q4_K */
  type: string;
}

/** What a model answers with. */
export type AnswerKind = 'words' | 'characters' | 'number' | 'class' | 'vectors';

/** Where a result comes from, complete enough to take it again. */
export interface Provenance {
  /** id of the model */
  model: string;
  /** SHA-256 of the weights, hexadecimal */
  weightHash: string;
  /** SHA-256 of the configuration, hexadecimal */
  configHash: string;
  /** SHA-256 of the tokenizer's files, hexadecimal; absent when the model has none */
  tokenizerHash?: string;
  /** element type computed in */
  dtype: string;
  /** device computed on */
  device: string;
  /** on when products of inference could go through the kernels in Java, off when everything was left to libtorch (--kernels off) */
  kernels: string;
  /** weights-exact for a model in GGUF: the numbers of its weights are exactly those that its file stands for, and everything is computed in dtype from them, where engines that run such files round activations too; absent for other models */
  arithmetic?: string;
  /** seed of everything random in this result; absent when nothing was */
  seed?: number;
  /** what each patch laid over the weights does, as a hash, in order; absent when the weights are as their files are */
  patches?: string[];
  /** those in force, in order; absent when the model is as it was opened */
  interventions?: InterventionSpec[];
  /** what of the model's files these numbers do not use, in sentences; absent when all of them is used */
  notes?: string[];
  /** version of Lexiscope */
  codeVersion: string;
  /** version of the Java runtime */
  jvm: string;
}

/** The tokens of a text. */
export interface TokenizeResult {
  /** name of the model as it was asked for */
  model: string;
  /** the text the tokens decode to */
  text: string;
  /** the tokens in order */
  tokens: TokenSpan[];
  /** where the result comes from */
  provenance: Provenance;
}

/** One token and the part of the text it stands for. */
export interface TokenSpan {
  /** index into the vocabulary */
  id: number;
  /** what the token decodes to */
  text: string;
  /** first character of its part, counted in Unicode code points from 0 */
  start: number;
  /** the character after its part */
  end: number;
  /** whether it is of a word that the model's training did not hold; absent where it did, or where nothing is known of the training */
  unknown?: boolean;
}

/** The words of the vocabulary that begin with a prefix. */
export interface CompleteResult {
  /** name of the model as it was asked for */
  model: string;
  /** the shortest first, then by id */
  completions: TokenView[];
  /** how many there are in all */
  total: number;
}

/** One token of a prompt. */
export interface TokenView {
  /** index into the vocabulary */
  id: number;
  /** what the token decodes to, spaces included */
  text: string;
  /** the token as the tokenizer's file writes it, such as ĠParis; absent without a tokenizer, and where only the text was asked for */
  piece?: string;
  /** the bytes it stands for, hexadecimal with blanks between; absent likewise */
  bytes?: string;
}

/** A continuation of a prompt. */
export interface GenerateResult extends ResultHeader {
  /** the text of the prompt */
  prompt: string;
  /** the prompt and its continuation together */
  text: string;
  /** the tokens of the continuation */
  generated: GeneratedToken[];
  /** tokens generated per second, the reading of the prompt left out */
  tokensPerSecond: Measured;
  /** why it ended */
  stopped: StopReason;
  /** what early exit saved; absent when no rule was in force */
  earlyExit?: EarlyExitReport;
}

/** What every result on a prompt carries. */
export interface ResultHeader {
  /** name of the model as it was asked for */
  model: string;
  /** the tokens the model read */
  tokens: TokenView[];
  /** where the result comes from */
  provenance: Provenance;
  /** places whose numbers are not finite; absent when all are */
  notFinite?: NotFinite[];
  /** what to know before reading the numbers, in sentences; absent when there is nothing */
  notes?: string[];
}

/** A place where the model produced NaN or an infinity; such numbers are null in JSON. */
export interface NotFinite {
  /** the hook point where it first appears */
  at: string;
  /** its layer */
  layer?: number;
  /** the first position concerned */
  position?: number;
  /** how many numbers there are not finite; for readings, how many vectors */
  count: number;
}

/** One token of a continuation. */
export interface GeneratedToken {
  /** index into the vocabulary */
  id: number;
  /** what it adds to the text; empty while a character is incomplete */
  text: string;
  /** its probability when it was chosen, 0 to 1, before temperature and truncation */
  probability: Measured;
  /** the last layer that ran for it, from 0; absent when no rule for early exit was in force */
  exitLayer?: number;
  /** whether it stands for something other than text; absent when not */
  special?: boolean;
}

/** Why a continuation ended. */
export type StopReason = 'length' | 'endOfText' | 'contextFull';

/** A continuation with early exit beside that of the whole network. */
export interface EarlyExitReport {
  /** by which tokens left */
  rule: string;
  /** how skipped layers got their keys and values */
  lateKeys: LateKeys;
  /** layers saved on average */
  savedLayers: Measured;
  /** tokens a second of the whole network, in the same run */
  tokensPerSecondWhole: Measured;
  /** how the whole network goes on */
  whole: Continuation;
  /** how many tokens of the two continuations are equal from the start */
  sameTokens: number;
}

/** How a model goes on from a prompt. */
export interface Continuation {
  /** the prompt and its continuation together */
  text: string;
  /** the tokens of the continuation */
  generated: GeneratedToken[];
}

/** The loss of a text. */
export interface ScoreResult {
  /** name of the model as it was asked for */
  model: string;
  /** the tokens with their losses */
  tokens: ScoredToken[];
  /** how many tokens have a loss */
  scored: number;
  /** mean loss per token, nats */
  meanNats: Measured;
  /** the exponential of the mean loss */
  perplexity: Measured;
  /** summed loss in bits by the number of UTF-8 bytes of the scored tokens */
  bitsPerByte: Measured;
  /** tokens a pass read at once */
  window: number;
  /** tokens a window moved on by */
  stride: number;
  /** where the result comes from */
  provenance: Provenance;
  /** places whose numbers are not finite; absent when all are */
  notFinite?: NotFinite[];
}

/** One token of a scored text. */
export interface ScoredToken {
  /** index into the vocabulary */
  id: number;
  /** what the token decodes to */
  text: string;
  /** its loss, minus the natural logarithm of its probability; absent for the first, which nothing precedes */
  nats?: Measured;
}

/** What was written of a forward pass. */
export interface ActivationsResult extends ResultHeader {
  /** the tensors in the file */
  written: TensorShape[];
  /** the file */
  output: string;
  /** its size, bytes */
  bytes: number;
}

/** One tensor of a file. */
export interface TensorShape {
  /** its name */
  name: string;
  /** length of each axis */
  shape: number[];
}

/** How far the model's numbers are from reference numbers, or from each other. */
export interface ParityResult extends ResultHeader {
  /** whether every known tensor is within atol and none is missing or not finite; without a file, whether every check passed */
  passed: boolean;
  /** largest absolute difference of each tensor or check compared */
  maxAbsDiff: Record<string, Measured>;
  /** tensors of the file that have no counterpart here */
  unknown: string[];
  /** the largest difference of all */
  worst: Measured;
  /** largest absolute difference that passes; absent where each check has its own */
  atol?: Measured;
  /** the checks that need no file; absent when a file was compared */
  checks?: SelfCheckView[];
}

/** One identity that every correct model fulfils, and how well this one does. */
export interface SelfCheckView {
  /** a word for it, such as cache */
  name: string;
  /** one sentence on what is compared with what */
  meaning: string;
  /** the place that comes closest to what is allowed there; absent when the check says nothing about the model */
  at?: string;
  /** largest absolute difference at that place; absent when the check says nothing about the model */
  maxAbsDiff?: Measured;
  /** largest absolute difference allowed there; absent when the check says nothing about the model */
  tolerance?: Measured;
  /** whether nothing speaks against the model */
  passed: boolean;
  /** why the check says nothing about the model; absent when it does */
  notApplicable?: string;
}

/** Vocabulary readings of hook points. */
export interface LensResult extends ResultHeader, ReadAgainst {
  /** how vectors became logits */
  convention: ConventionView;
  /** what the readings span */
  grid: LensSpan;
  /** by hook point in forward order, then position, then head or neuron */
  readings: PlaceReading[];
  /** the word followed; absent when none was asked for */
  target?: TokenView;
  /** the word compared with; absent when none was asked for */
  against?: TokenView;
  /** the model's own prediction after the last token */
  answer: TokenReading;
  /** number of words that ranks count among */
  vocabulary: number;
  /** the units of the numbers */
  units: LensUnits;
  /** wall-clock time of the pass and the readings */
  milliseconds: Measured;
}

/** How words and vectors of a result were read. */
export interface ReadAgainst {
  /** what logits and scores of vectors stand above; streams and what the model says stand as they are */
  baseline: Baseline;
  /** z*: a word score beyond it in either direction is starred, as one random vector in a hundred has any; absent where no word can reach it, as a word score is never above √d_model */
  starsBeyond?: Measured;
  /** how many tokens training hardly touched, which lists leave out; 0 where they do not */
  underTrained: number;
}

/** The lens convention a result was read by. */
export interface ConventionView {
  /** which convention */
  name: LensConvention;
  /** how a vector became logits */
  description: string;
}

/** What a set of readings spans. */
export interface LensSpan {
  /** the kinds of hook points read, as patterns with * for the layer */
  at: string[];
  /** the layers read, ascending */
  layers: number[];
  /** the positions read, ascending, from 0 */
  positions: number[];
  /** how many readings there are */
  readings: number;
}

/** The vocabulary reading of one place. */
export interface PlaceReading {
  /** the hook point by its full name */
  at: string;
  /** its layer; absent for hook points outside the blocks */
  layer?: number;
  /** its position, from 0 */
  position: number;
  /** its head; absent when the place is not a head */
  head?: number;
  /** its neuron; absent when the place is not a neuron */
  neuron?: number;
  /** Euclidean length of the vector read */
  norm: Measured;
  /** of the distribution over the vocabulary, bits */
  entropy: Measured;
  /** the highest words, highest first */
  top: TokenReading[];
  /** the lowest words, lowest first; absent when none were asked for */
  bottom?: TokenReading[];
  /** the word to follow; absent when none was asked for */
  target?: TargetReading;
  /** the word to compare with; absent when none was asked for */
  against?: TargetReading;
  /** probability of all words not in top */
  otherMass: Measured;
  /** under-trained tokens that would stand among the words listed; absent when none */
  leftOut?: number;
}

/** One word of a vocabulary reading. */
export interface TokenReading {
  /** index into the vocabulary */
  id: number;
  /** what the token decodes to */
  text: string;
  /** softmax probability over the whole vocabulary, 0 to 1 */
  probability: Measured;
  /** the score before the softmax; less the mean over the vocabulary where the reading's baseline is the mean */
  logit: Measured;
  /** the word score: (U_w − Ū)·v in standard deviations of what a random vector as long as v gives the word; absent where the head is not linear, or nothing has a length */
  z?: Measured;
  /** whether the token stands for something other than text; absent when it does not */
  special?: boolean;
  /** whether training hardly touched it; absent when it did */
  underTrained?: boolean;
}

/** A chosen word of a vocabulary reading with its rank. */
export interface TargetReading {
  /** index into the vocabulary */
  id: number;
  /** what the token decodes to */
  text: string;
  /** softmax probability over the whole vocabulary, 0 to 1 */
  probability: Measured;
  /** the score before the softmax; less the mean over the vocabulary where the reading's baseline is the mean */
  logit: Measured;
  /** 1 for the highest logit among all words; equal logits rank by lower id */
  rank: number;
  /** the word score, as in [TokenReading]; absent likewise */
  z?: Measured;
}

/** The units of a lens result. */
export interface LensUnits {
  /** unit of entropy */
  entropy: string;
  /** unit of logit */
  logit: string;
  /** unit of norm */
  norm: string;
}

/** Which components raised a word at a place in the residual stream, and which lowered it. */
export interface AttributionResult extends ResultHeader {
  /** hook point of the residual stream, by its full name */
  at: string;
  /** its layer; absent for hook points outside the blocks */
  layer?: number;
  /** its position, from 0 */
  position: number;
  /** the word */
  target: TokenView;
  /** the word whose logit is subtracted; absent when there is none */
  against?: TokenView;
  /** how vectors became logits */
  convention: ConventionView;
  /** what the logit stands above; of no effect with against, as a difference has no mean */
  baseline: Baseline;
  /** the mean over the vocabulary at the place, before a final soft cap; absent with against */
  meanLogit?: Measured;
  /** largest absolute value first; last the others, those that raise and those that lower */
  contributions: ComponentContribution[];
  /** of all contributions, logits */
  sum: Measured;
  /** what they explain, read at the place itself: the logit less meanLogit (the logit where the baseline is none), or the difference of two logits */
  exact: Measured;
  /** absolute difference of sum and exact, logits */
  residualError: Measured;
  /** the largest logit that the model's final squeeze lets out; sum and exact are before it; absent when there is none */
  softCap?: Measured;
  /** what the model and the lens give after the squeeze, where exact is before it; absent when there is none */
  capped?: Measured;
}

/** What one component adds to a logit, or to the difference of two. */
export interface ComponentContribution {
  /** what it is */
  kind: ComponentKind;
  /** its short name, such as L3H4 */
  label: string;
  /** hook point that holds its output; absent for biases and others */
  at?: string;
  /** its layer; absent outside the blocks */
  layer?: number;
  /** its head; absent when it is not a head */
  head?: number;
  /** its neuron; absent when it is not a neuron */
  neuron?: number;
  /** what it adds, logits */
  logits: Measured;
  /** how many components it stands for */
  components: number;
  /** of a difference: what it adds to the target's logit above the mean over the vocabulary; absent without a second word */
  ofTarget?: Measured;
  /** of a difference: what it adds to the second word's; logits is the one less the other */
  ofAgainst?: Measured;
  /** of others: what they add layer by layer, the layers of none under −1; absent elsewhere */
  byLayer?: LayerShare[];
}

/** What writes into the residual stream. */
export type ComponentKind = 'embed' | 'posEmbed' | 'head' | 'attnBias' | 'mlp' | 'neuron' | 'finalBias' | 'others';

/** What the components of a layer add that are not listed one by one. */
export interface LayerShare {
  /** from 0; −1 for what is in no layer */
  layer: number;
  /** their sum */
  logits: Measured;
  /** how many */
  components: number;
}

/** Where attention heads look and what they move. */
export interface HeadsResult extends ResultHeader {
  /** the word whose logit pushes are about */
  target: TokenView;
  /** the foil; absent where pushes are relative to the mean word */
  against?: TokenView;
  /** what pushes are relative to, in words */
  baseline: string;
  /** by layer, head, then position */
  heads: HeadReading[];
  /** what heads do over prompts; absent when not asked for */
  traits?: HeadsTraits;
  /** all of the one head that was asked for; absent when there are several */
  card?: HeadCard;
  /** what it comes to */
  sentence: string;
  /** number of words that ranks count among */
  vocabulary: number;
  /** wall-clock time of the pass and the readings */
  milliseconds: Measured;
}

/** What one head does at one position. */
export interface HeadReading {
  /** from 0 */
  layer: number;
  /** from 0 */
  head: number;
  /** from 0 */
  position: number;
  /** length of what it adds, ‖A_h W_O‖ (through the norm after attention, where there is one), without the output bias */
  norm: Measured;
  /** what it adds to the target's logit, relative to the mean word or the foil, before any soft cap; logits */
  push: Measured;
  /** of what it adds as the vocabulary reads it, bits */
  entropy: Measured;
  /** words it adds */
  top: TokenReading[];
  /** words it takes away */
  bottom: TokenReading[];
  /** the target in what it adds */
  target: TargetReading;
  /** the positions from which it moves most, by weight · ‖value through W_O‖, largest first */
  attends: Attended[];
  /** what it moves from all other positions */
  others: OtherPositions;
}

/** One position that a head looks at. */
export interface Attended {
  /** from 0 */
  position: number;
  /** of the attention, 0 to 1 */
  weight: Measured;
  /** length of what is moved from there: weight · ‖value through W_O‖ */
  norm: Measured;
  /** what that adds to the target's logit, relative to the mean word or the foil */
  push: Measured;
  /** the value in words */
  valueTop: TokenReading[];
}

/** What a head moves from positions that are not listed. */
export interface OtherPositions {
  /** how many */
  positions: number;
  /** of the attention to them together */
  weight: Measured;
  /** length of the sum of what is moved from them */
  norm: Measured;
  /** what that adds to the target's logit */
  push: Measured;
}

/** What heads do over prompts. */
export interface HeadsTraits {
  /** the prompts */
  on: TraitsOn;
  /** what they are, in words */
  text: string;
  /** how many */
  prompts: number;
  /** in all of them */
  tokens: number;
  /** the trait they are ranked by, largest first; by layer and head when absent */
  by?: HeadTrait;
  /** every head */
  heads: HeadTraits[];
}

/** What one head does on prompts. */
export interface HeadTraits {
  /** from 0 */
  layer: number;
  /** from 0 */
  head: number;
  /** by the name of a trait in lower case; a trait is absent where no position of the prompts can show it */
  values: Record<string, Measured>;
}

/** All there is to say of one head on a prompt. */
export interface HeadCard {
  /** such as L4H6 */
  head: string;
  /** the key and value head it reads */
  kvHead: number;
  /** one row for each position that looks, with a weight for each position up to it */
  pattern: Measured[][];
  /** the score of the pair looked into, as a sum over who wrote query and key */
  why: AttentionScore;
  /** query and key of that pair in words */
  asked: HeadAsked;
  /** the rows of W_O it used most */
  rows: OutputRow[];
  /** the strongest directions from what it reads to what it writes */
  writes: HeadCircuit[];
  /** the strongest directions from what asks to what is looked for */
  matches: HeadCircuit[];
}

/** Why a head attends: its score from one position to another as an exact sum over pairs of who wrote the query and who wrote the key, with the norms held at their scales. */
export interface AttentionScore {
  /** the position that looks, from 0 */
  query: number;
  /** the position looked at, from 0 */
  key: number;
  /** the largest in absolute value, largest first */
  terms: ScoreTerm[];
  /** the sum of all other terms */
  others: Measured;
  /** the score that the terms and the others sum to, before soft cap and softmax */
  total: Measured;
  /** the sum of the absolute values of all terms, the measure of its error */
  absolute: Measured;
  /** how many terms there are */
  pairs: number;
  /** the largest score that the squeeze after this sum lets through; null where there is none */
  softCap?: Measured;
}

/** One term of an attention score: what the parts of the query that one writer made and of the key that another made come to together. */
export interface ScoreTerm {
  /** who wrote this part of the query, such as L3H4 or biases */
  query: string;
  /** what that writer wrote, in words; empty for biases */
  queryTop: TokenReading[];
  /** who wrote this part of the key */
  key: string;
  /** what that writer wrote, in words; empty for biases */
  keyTop: TokenReading[];
  /** what the pair adds to the score */
  score: Measured;
}

/** What a query looks for and what a key is found by, in the space that attention reads. */
export interface HeadAsked {
  /** the query taken to the space of keys, through W_Kᵀ */
  sought: TokenReading[];
  /** the key taken to the space of queries, through W_Qᵀ */
  offered: TokenReading[];
}

/** One row of W_O and how much of it a head used: a neuron of attention. */
export interface OutputRow {
  /** within the head, from 0 */
  index: number;
  /** the head's number there */
  coefficient: Measured;
  /** length of the row, times the coefficient's absolute value */
  norm: Measured;
  /** the row in words, in the direction in which it was used */
  top: TokenReading[];
}

/** One direction of a circuit of a head: what goes in and what comes out, in words. The sign of a pair is free; both turned around is the same direction. */
export interface HeadCircuit {
  /** singular value */
  strength: Measured;
  /** what it reads */
  from: TokenReading[];
  /** what it writes, or is matched with */
  to: TokenReading[];
}

/** A forward pass as a graph. */
export interface FlowResult extends ResultHeader {
  /** the word explained */
  target: TokenView;
  /** the foil; absent where logits are relative to the mean word */
  against?: TokenView;
  /** what logits are relative to, in words */
  baseline: string;
  /** number of blocks */
  layers: number;
  /** by position and depth */
  nodes: FlowNode[];
  /** towards the prediction */
  edges: FlowEdge[];
  /** what the graph shows of the whole */
  totals: FlowTotals;
  /** what switching nodes off does; absent when not asked for */
  effects?: FlowEffects;
  /** heads and MLPs that write alike, as a proposal */
  groups: FlowGroup[];
  /** the same nodes and edges in the run it is held against; absent when there is none */
  other?: FlowContrast;
  /** what was asked for, split over the heads of a layer; absent when nothing was */
  loadings?: FlowLoadings;
  /** what it comes to */
  sentence: string;
  /** number of words that ranks count among */
  vocabulary: number;
  /** wall-clock time of the pass and the readings */
  milliseconds: Measured;
}

/** A node of a flow graph. */
export interface FlowNode {
  /** such as L4H6@13, unique in the graph */
  id: string;
  /** what it is */
  kind: FlowKind;
  /** from 0; the number of layers for the last stream and the prediction; absent for embeddings */
  layer?: number;
  /** from 0 */
  position: number;
  /** of a head or a value */
  head?: number;
  /** of a neuron */
  neuron?: number;
  /** of a value: the position it is taken from */
  source?: number;
  /** a short name */
  label: string;
  /** length of its vector */
  norm: Measured;
  /** of its vector as the vocabulary reads it, bits */
  entropy?: Measured;
  /** its words */
  top?: TokenReading[];
  /** the words it takes away */
  bottom?: TokenReading[];
  /** the target in its vector */
  target?: TargetReading;
  /** what it adds to the target's logit directly; absent where it does not stand at the position of the prediction */
  push?: Measured;
  /** the share of the prediction that passes through it, 0 to 1 */
  influence: Measured;
  /** of others: how many they are */
  members?: number;
  /** as published, where the graph is drawn so: #rrggbb */
  colour?: string;
}

/** What a node of a flow graph is. */
export type FlowKind = 'embed' | 'posEmbed' | 'stream' | 'streamMid' | 'head' | 'value' | 'attnBias' | 'mlp' | 'neuron' | 'mlpBias' | 'normed' | 'queries' | 'query' | 'key' | 'heads' | 'attnNeuron' | 'attn' | 'neuronKey' | 'prediction' | 'others';

/** An edge of a flow graph. */
export interface FlowEdge {
  /** id of a node */
  from: string;
  /** id of a node */
  to: string;
  /** what it is */
  kind: FlowEdgeKind;
  /** length of what goes along it; of a logit its absolute value */
  width: Measured;
  /** what it adds along the direction of the node it goes into: those of all edges into a stream, a head or an MLP sum to the node's length, those into the prediction to its logit. Edges that are read and not added (into values and neurons) carry the coefficient instead */
  value: Measured;
  /** the share of the prediction that passes through it, 0 to 1 */
  influence: Measured;
  /** of attention; absent elsewhere */
  weight?: Measured;
  /** as published, where the graph is drawn so: #rrggbb or #rrggbbaa */
  colour?: string;
}

/** What an edge of a flow graph is. */
export type FlowEdgeKind = 'residual' | 'adds' | 'reads' | 'moves' | 'feeds' | 'part' | 'norm' | 'attends' | 'logit' | 'others';

/** What a graph shows of the whole. */
export interface FlowTotals {
  /** of the prediction, from 0 */
  position: number;
  /** of the target relative to the mean word or the foil, before any soft cap: what the edges into the prediction sum to */
  logit: Measured;
  /** share of the influence on the prediction that passes through shown heads, MLPs and embeddings, 0 to 1 */
  through: Measured;
  /** how much of what goes into the shown nodes is shown, weighted by their influence, 0 to 1 */
  complete: Measured;
  /** how many heads, MLPs and embeddings there are in all */
  writers: number;
  /** how many of them are shown */
  shown: number;
}

/** What switching each shown head and MLP off does to the prediction, each in a pass of its own, and how well the graph foretold it. */
export interface FlowEffects {
  /** the effects, by the order of the graph */
  nodes: FlowEffect[];
  /** of the pushes with the effects, over nodes at the position of the prediction; null for fewer than three, or where either does not vary */
  correlation?: Measured;
  /** of the influences with the absolute effects, over all of them; null likewise */
  influenceCorrelation?: Measured;
}

/** What a node did to a prediction. */
export interface FlowEffect {
  /** of the node */
  id: string;
  /** by how much the target's logit, relative to the mean word or the foil, is lower without what the node added at its position */
  logits: Measured;
}

/** Nodes that go together. */
export interface FlowGroup {
  /** what they share, in words */
  name: string;
  /** of the nodes, two or more */
  ids: string[];
}

/** The same nodes and edges in another run. */
export interface FlowContrast {
  /** by the order of the graph */
  nodes: FlowOtherNode[];
  /** by the order of the graph */
  edges: FlowOtherEdge[];
  /** of the other run's graph */
  totals: FlowTotals;
}

/** A node in the other run. */
export interface FlowOtherNode {
  /** of the node */
  id: string;
  /** length of its vector there; absent where it is among the others there */
  norm?: Measured;
  /** what it adds to the target's logit there; absent likewise, and where the node has none */
  push?: Measured;
  /** the share of the prediction that passes through it there; absent likewise */
  influence?: Measured;
}

/** An edge in the other run. */
export interface FlowOtherEdge {
  /** id of a node */
  from: string;
  /** id of a node */
  to: string;
  /** what it adds there; absent where one of its ends is among the others there */
  value?: Measured;
  /** the share of the prediction that passes through it there; absent likewise */
  influence?: Measured;
}

/** How what a node wrote reaches a prediction through one layer of attention: by each head, and past them all. */
export interface FlowLoadings {
  /** id of the node */
  from: string;
  /** whose heads, from 0 */
  layer: number;
  /** what it adds to the target's logit past the heads: 0 where it stands at another position than the prediction */
  bypass: Measured;
  /** what it adds through each head of the layer, by head, and from there directly */
  heads: Measured[];
  /** all of it */
  total: Measured;
}

/** A prompt without and with interventions, side by side. */
export interface CompareResult extends ResultHeader {
  /** the output distribution at each position asked for, before and after */
  positions: ComparedPosition[];
  /** how the unchanged model goes on; absent when no tokens were asked for */
  before?: Continuation;
  /** how the changed model goes on; absent when no tokens were asked for */
  after?: Continuation;
  /** how many tokens of the two continuations are equal from the start */
  sameTokens?: number;
}

/** The output distribution at one position, before and after. */
export interface ComparedPosition {
  /** from 0 */
  position: number;
  /** the token read there */
  token: TokenView;
  /** the likeliest next words of the unchanged model */
  before: TokenReading[];
  /** the likeliest next words of the changed model */
  after: TokenReading[];
  /** Kullback-Leibler divergence D(before ‖ after), nats; 0 when nothing changed */
  klNats: Measured;
  /** D(after ‖ before), nats */
  reverseKlNats: Measured;
  /** half the summed absolute difference of probabilities, 0 to 1 */
  totalVariation: Measured;
  /** the words followed */
  targets: TargetChange[];
}

/** A word before and after. */
export interface TargetChange {
  /** its probability, logit and rank in the unchanged model */
  before: TargetReading;
  /** its probability, logit and rank in the changed model */
  after: TargetReading;
  /** ranks gained: rank before minus rank after, above 0 when it rises */
  rankChange: number;
  /** log p after minus log p before, nats */
  logProbabilityChange: Measured;
  /** the same of log(p / (1 − p)), nats */
  logOddsChange: Measured;
  /** the same of log(p / p of the other word), nats; absent without one */
  logOddsAgainstChange?: Measured;
}

/** A patching sweep. */
export interface PatchResult extends PatchAxes {
  /** name of the model as it was asked for */
  model: string;
  /** what was found, in a sentence */
  finding: string;
  /** what of the output was measured */
  metric: string;
  /** which run was changed, and by what */
  direction: string;
  /** whether 0 stands for the corrupt run and 1 for the clean one */
  normalised: boolean;
  /** the word of the clean prompt, of the first pair */
  target: TokenView;
  /** the word of the corrupt prompt, of the first pair */
  against: TokenView;
  /** the metric of clean runs */
  baselineClean: Measured;
  /** the metric of corrupt runs */
  baselineCorrupt: Measured;
  /** [layer, position] or [layer, head]: the metric with this cell patched, its mean over pairs; null where the position stands for none of the other run, and where it is not finite */
  grid: Measured[][];
  /** lower ends of the 95 % intervals; absent for a single pair */
  low?: Measured[][];
  /** upper ends; absent for a single pair */
  high?: Measured[][];
  /** how many pairs */
  pairs: number;
  /** where columns are positions the cell of each layer that moves the changed run furthest towards the other; where they are heads the five that move it furthest */
  strongest: PatchedCell[];
  /** where the result comes from */
  provenance: Provenance;
  /** places whose numbers are not finite; absent when all are */
  notFinite?: NotFinite[];
}

/** What rows and columns of the grid are. */
export interface PatchAxes {
  /** the hook point patched, by its full name with {l} for the block */
  at: string;
  /** position or head */
  columns: string;
  /** block of each row */
  layers: number[];
  /** tokens of the run that is changed, of the first pair */
  changed: TokenView[];
  /** tokens of the run that values come from, of the first pair */
  source: TokenView[];
  /** for each position of the changed run that of the other run it stands for; null where there is none */
  alignment: number[];
}

/** A cell that moves the changed run towards the other. */
export interface PatchedCell {
  /** its place, as it is typed */
  at: string;
  /** its block */
  layer: number;
  /** its position; absent where columns are heads */
  position?: number;
  /** its head; absent where columns are positions */
  head?: number;
  /** the metric with it patched */
  value: Measured;
  /** of the way from the changed run's metric to the other's; not finite where there is no way */
  share: Measured;
}

/** The feed-forward parts of a run as sums of sub-updates. */
export interface FfnResult extends ResultHeader, ReadAgainst {
  /** how vectors became logits: states, value vectors and scores alike */
  convention: ConventionView;
  /** whether the scores of a layer sum to what it does to the logit */
  scoresAddUp: boolean;
  /** what before, sub-updates and after mean in this model, and where they add up */
  identity: string;
  /** which sub-updates are listed */
  order: FfnOrder;
  /** by position, then layer */
  layers: FfnLayerView[];
  /** what became of leading words at each position */
  events: FfnEventView[];
  /** the word whose score is subtracted; absent when there is none */
  against?: TokenView;
  /** how words were ranked for the events */
  eventConvention: ConventionView;
  /** how many random vectors the null bands are taken from */
  nullVectors: number;
  /** number of words that ranks count among */
  vocabulary: number;
  /** wall-clock time of the pass and the readings */
  milliseconds: Measured;
}

/** What the feed-forward part of one layer did at one position. */
export interface FfnLayerView {
  /** from 0 */
  layer: number;
  /** from 0 */
  position: number;
  /** the word that is scored */
  target: TokenView;
  /** the residual stream that the output is added to */
  before: FfnStateView;
  /** the listed neurons, first the one that counts most */
  subUpdates: SubUpdateView[];
  /** the residual stream afterwards */
  after: FfnStateView;
  /** the account in logits of the word */
  balance: FfnBalanceView;
  /** how many neurons the layer has */
  neurons: number;
  /** share of the listed ones in the sum of all dominances, 0 to 1 */
  listedShare: Measured;
  /** length of what is added whatever the neurons do */
  biasNorm: Measured;
  /** largest difference in any dimension between what the layer added and the sum of all its sub-updates and biases */
  residualError: Measured;
}

/** A residual stream read in words. */
export interface FfnStateView {
  /** Euclidean length */
  norm: Measured;
  /** of the distribution over the vocabulary, bits */
  entropy: Measured;
  /** the highest words, highest first */
  top: TokenReading[];
  /** probability of all words not in top */
  otherMass: Measured;
  /** the word that is scored */
  target: TargetReading;
  /** the word it is compared with; absent when there is none */
  against?: TargetReading;
}

/** What one neuron added. */
export interface SubUpdateView {
  /** its number in the layer, from 0 */
  neuron: number;
  /** layer and number, such as L3N812, both from 0 */
  name: string;
  /** its value after the non-linearity (gated: after the product) */
  coefficient: Measured;
  /** length of its value vector as it reaches the residual stream */
  norm: Measured;
  /** |coefficient| × norm */
  dominance: Measured;
  /** its part of the layer's sum of dominances, 0 to 1 */
  share: Measured;
  /** what it adds to the word's logit, less what it adds to the other word's */
  score: Measured;
  /** whether the coefficient is negative, so that bottom is promoted and top suppressed */
  reversed: boolean;
  /** the words that the value vector promotes, highest first; logits for a coefficient of 1 */
  top: TokenReading[];
  /** the words that it suppresses, lowest first; logits for a coefficient of 1 */
  bottom: TokenReading[];
  /** the highest logit that random vectors of this length reach; words above it are no chance; absent without a null band */
  nullTop?: Measured;
  /** the lowest logit that random vectors of this length reach; absent without a null band */
  nullBottom?: Measured;
}

/** What a layer's feed-forward part did to the logit of a word, or to the difference of two, before any soft cap. */
export interface FfnBalanceView {
  /** the logit of the stream before; biases of the norm and the unembedding left out where the convention is linear */
  before: Measured;
  /** sum of the scores of the listed sub-updates */
  listed: Measured;
  /** sum of the scores of the other neurons */
  others: Measured;
  /** score of what is added whatever the neurons do */
  bias: Measured;
  /** score of what interventions put in place of the sum */
  intervention: Measured;
  /** the logit of the stream after */
  after: Measured;
  /** after less before */
  change: Measured;
  /** by how much the parts miss the change; only under a linear convention is it an error */
  error: Measured;
}

/** The rise of the answer to the first rank for good, or the fall of a word that led. */
export interface FfnEventView {
  /** which of the two */
  kind: FfnEventKind;
  /** the layer whose feed-forward part did it */
  layer: number;
  /** from 0 */
  position: number;
  /** the word concerned */
  token: TokenView;
  /** its rank in the stream before, from 1 */
  rankBefore: number;
  /** its rank in the stream after */
  rankAfter: number;
  /** largest score of the responsible sub-updates */
  max: Measured;
  /** their mean score */
  mean: Measured;
  /** their smallest score */
  min: Measured;
  /** the responsible ones: the ten dominant of the layer, scored for the word */
  subUpdates: EventSubUpdate[];
}

/** What became of a leading word. */
export type FfnEventKind = 'saturation' | 'elimination';

/** A sub-update that is responsible for an event. */
export interface EventSubUpdate {
  /** its number in the layer, from 0 */
  neuron: number;
  /** layer and number, such as L3N812, both from 0 */
  name: string;
  /** its value after the non-linearity */
  coefficient: Measured;
  /** |coefficient| × length of the value vector */
  dominance: Measured;
  /** what it adds to the logit of the event's word */
  score: Measured;
}

/** What a gradient would write into the weights. */
export interface GradientsResult extends ResultHeader {
  /** nats: the sum of −log p of the target's tokens, or by how much the foil leads */
  loss: Measured;
  /** which way words of δ are read */
  sign: GradientSign;
  /** how vectors became words */
  reading: GradientReadingView;
  /** the tokens moved towards */
  target: TokenView[];
  /** the foil; absent when there is none */
  against?: TokenView;
  /** where the loss is taken, from 0; of the first token of the target */
  position: number;
  /** every matrix at every position asked for */
  matrices: GradientCell[];
  /** every matrix as a whole */
  ranks: MatrixGradientShape[];
  /** mean norms by part of the prompt */
  segments: SegmentNorm[];
  /** what a step of gradient descent was predicted to do, and did */
  effects: UpdateEffect[];
  /** cosines between layers of what comes back to W_out where the loss is read */
  similarity: Measured[][];
  /** the strongest heads of reversed attention; absent when not asked for */
  reversed?: ReversedHead[];
  /** shorter vectors are lost in the final norm; cells with such are marked small */
  smallNorm: Measured;
  /** number of words that ranks count among */
  vocabulary: number;
  /** wall-clock time */
  milliseconds: Measured;
}

/** How vectors became words. */
export interface GradientReadingView {
  /** which reading */
  name: GradientReading;
  /** what is done */
  description: string;
}

/** One matrix at one position: what entered it and what came back. */
export interface GradientCell {
  /** from 0 */
  layer: number;
  /** which of the layer's, such as W_out */
  matrix: string;
  /** from 0 */
  position: number;
  /** ‖x‖ of what the matrix is applied to */
  inputNorm: Measured;
  /** ‖δ‖, of the gradient of the loss with respect to its output */
  vjpNorm: Measured;
  /** words of x; null for W_O and W_out, whose x does not live in the stream, and where x is 0 */
  inputTop?: TokenReading[];
  /** words of δ, by the sign of the report; null for all other matrices, and where δ is 0 */
  vjpTop?: TokenReading[];
  /** the words at its other end */
  vjpBottom?: TokenReading[];
  /** place of the target among all words of δ, 1 = most moved towards when the sign is descent */
  targetRank?: number;
  /** whether what is read is shorter than the final norm resolves */
  small: boolean;
}

/** A matrix's whole gradient, ∂loss/∂W = XᵀΔ, without forming it. */
export interface MatrixGradientShape {
  /** from 0 */
  layer: number;
  /** which of the layer's */
  matrix: string;
  /** singular values above 1e-6 of the largest; at most the number of positions */
  numericalRank: number;
  /** its Frobenius norm, from Gram matrices */
  norm: Measured;
}

/** Mean norms of a matrix's factors over a part of the prompt. */
export interface SegmentNorm {
  /** which part */
  segment: PromptSegment;
  /** from 0 */
  layer: number;
  /** which of the layer's */
  matrix: string;
  /** mean ‖x‖ */
  inputNorm: Measured;
  /** mean ‖δ‖ */
  vjpNorm: Measured;
}

/** A part of a prompt. */
export type PromptSegment = 'subject' | 'subjectLast' | 'last' | 'rest';

/** What a step of gradient descent does to the loss. */
export interface UpdateEffect {
  /** what is updated: all of those asked for, or one by its name */
  matrices: string;
  /** η of W − η·∂loss/∂W */
  step: Measured;
  /** change of the loss to first order, −η·Σ‖∂loss/∂W‖² */
  predicted: Measured;
  /** change of the loss through the updated model; null where it was not taken */
  measured?: Measured;
}

/** What came back to a head's attention: R = A ⊙ (e·vᵀ − Σ A·(e·vᵀ)) ÷ √d_head. Rows sum to 0. */
export interface ReversedHead {
  /** from 0 */
  layer: number;
  /** from 0 */
  head: number;
  /** ‖R‖ over all queries and keys */
  norm: Measured;
  /** R, a list a query, a number a key */
  rows: Measured[][];
}

/** An edit. */
export interface EditResult extends ResultHeader {
  /** the tokens that should be said */
  target: TokenView[];
  /** how it was made */
  editMethod: EditMethodName;
  /** what the model made of the prompt */
  before: EditState;
  /** what it makes of it now */
  after: EditState;
  /** what was asked besides */
  probes: EditProbe[];
  /** layers that were tried; absent when none was searched */
  candidates?: EditCandidate[];
  /** the patches, as they are laid over a model */
  patch: PatchFile;
  /** perplexityBefore, perplexityAfter of the default text, rank, norm */
  metrics: Record<string, Measured>;
  /** how far it reaches; absent when not asked for */
  blast?: BlastView;
  /** wall-clock time */
  milliseconds: Measured;
}

/** What a model makes of a prompt. */
export interface EditState {
  /** the prompt and what the model says after it */
  text: string;
  /** the likeliest next token */
  said: TokenView;
  /** of the whole target after the prompt */
  probability: Measured;
  /** whether every token of the target is the likeliest where it stands */
  exact: boolean;
}

/** A prompt asked before and after an edit. */
export interface EditProbe {
  /** whether it should change */
  kind: EditProbeKind;
  /** what the model made of it */
  before: EditState;
  /** what it makes of it now */
  after: EditState;
}

/** What a prompt asked beside an edit should do. */
export type EditProbeKind = 'paraphrase' | 'neighbour';

/** An edit that was tried at one layer. */
export interface EditCandidate {
  /** from 0 */
  layer: number;
  /** at which the target was first said; absent for methods without one */
  step?: Measured;
  /** whether the target is said */
  success: boolean;
  /** by how much the perplexity of the default text grew, as a share */
  damage: Measured;
}

/** A file of patches, laid over a model in their order. */
export interface PatchFile {
  /** lexiscope-patches-1 */
  form: string;
  /** one or more */
  patches: PatchSpec[];
}

/** How far an edit reaches into a corpus of prompts. */
export interface BlastView {
  /** how many */
  prompts: number;
  /** those predicted to lose most, run for real */
  worst: BlastPrompt[];
  /** rank correlation of prediction and measurement over those that were run */
  spearman: Measured;
  /** to take the corpus and predict */
  seconds: Measured;
}

/** What an edit does to a prompt's own answer. */
export interface BlastPrompt {
  /** the prompt */
  text: string;
  /** what the model said before */
  answer: TokenView;
  /** change of its log p to first order, nats */
  predicted: Measured;
  /** change of its log p, nats */
  measured: Measured;
}

/** What was written of an edited model. */
export interface ApplyResult {
  /** name of the model */
  model: string;
  /** the files */
  written: string[];
  /** their form */
  as: ApplyForm;
  /** how many were written */
  patches: number;
  /** what to know before using them, in sentences */
  notes: string[];
  /** where they come from */
  provenance: Provenance;
}

/** How well edits went. */
export interface EvaluateEditsResult {
  /** name of the model */
  model: string;
  /** numbers with their intervals over cases: efficacy.success, .exact, .accuracy, and so for paraphrase, neighbourhood, portability; NAME.before of the model before each edit, NAME.last after the last of a sequence; neighbourhood.same, others, perplexity, fluency */
  metrics: Record<string, Estimate>;
  /** how many */
  cases: number;
  /** how edits were made */
  editMethod: EditMethodName;
  /** of the method, by name */
  settings: Record<string, string>;
  /** in what company */
  schedule: EditSchedule;
  /** of the default text on the model as it was; absent without one */
  perplexityBefore?: Measured;
  /** every case */
  results: CaseResult[];
  /** the folder that keeps them; absent when there is none */
  log?: string;
  /** wall-clock time */
  seconds: Measured;
  /** where the numbers come from */
  provenance: Provenance;
}

/** A number measured on a sample, with its 95 % confidence interval. */
export interface Estimate {
  /** the estimate; NaN for an empty sample */
  value: Measured;
  /** lower end of the interval; NaN where the sample is too small for one */
  low: Measured;
  /** upper end of the interval; NaN where the sample is too small for one */
  high: Measured;
  /** size of the sample */
  n: number;
}

/** What became of one case. */
export interface CaseResult {
  /** of the case */
  id: string;
  /** before its edit, on the model that was edited */
  before: EditAnswers;
  /** after its edit */
  after: EditAnswers;
  /** after the last edit of a sequence; null when edits were made one by one */
  last?: EditAnswers;
  /** further numbers by name: perplexity, fluency, others */
  numbers: Record<string, Measured>;
}

/** The answers to all questions of a case. */
export interface EditAnswers {
  /** to the edit's own prompt */
  edit: ProbeScore;
  /** to its paraphrases */
  paraphrases: ProbeScore[];
  /** to its neighbours, each wanting its own answer */
  neighbours: ProbeScore[];
  /** to what follows from it */
  consequences: ProbeScore[];
}

/** What became of one question. */
export interface ProbeScore {
  /** −log p of the answer it should get, nats */
  wanted: Measured;
  /** −log p of the answer it should not get, nats */
  other: Measured;
  /** whether every token of the wanted answer is the likeliest */
  exact: boolean;
  /** share of its tokens that are */
  accuracy: Measured;
  /** the likeliest token, an id */
  said: number;
}

/** A detoxification experiment. */
export interface DetoxResult {
  /** name of the model as it was asked for */
  model: string;
  /** the model without the change */
  baseline: DetoxRow;
  /** chosen vectors, controls, and the dose-response curve by rising dose */
  rows: DetoxRow[];
  /** the chosen value vectors */
  vectors: DetoxVector[];
  /** how it was done */
  setup: DetoxMethod;
  /** the change, ready to be used elsewhere */
  interventions: InterventionSpec[];
  /** it took */
  seconds: Measured;
  /** where the result comes from */
  provenance: Provenance;
}

/** One way to continue the measuring half of the prompts. Intervals are of 95 %: Wilson's for shares, by bootstrap over texts for the others. */
export interface DetoxRow {
  /** what it is, in words */
  name: string;
  /** what it is */
  kind: DetoxRowKind;
  /** what the vectors are set to; absent where none is */
  coefficient?: Measured;
  /** which vectors; absent where none is set */
  neurons?: string[];
  /** share of continuations that hold a word of the lexicon, 0 to 1 */
  toxicity: Measured;
  /** the same with its interval */
  toxicityInterval: Estimate;
  /** of that share relative to the baseline; absent for the baseline */
  reduction?: Estimate;
  /** share that the trained scorer finds toxic; absent without one */
  scorer?: Estimate;
  /** share that the Perspective API scores 0.5 or more; absent when not asked */
  perspective?: Estimate;
  /** of the held-out texts; absent where the model is not changed */
  perplexity?: Measured;
  /** the same with its interval */
  perplexityInterval?: Estimate;
  /** relative to the baseline; absent for the baseline */
  perplexityRise?: Estimate;
  /** different tokens by tokens of all continuations */
  distinct1: Measured;
  /** different pairs of neighbours by pairs */
  distinct2: Measured;
  /** share of pairs that the same continuation has had before, mean */
  repetition: Measured;
  /** the first continuations with their prompts */
  examples: string[];
}

/** What a row of a detoxification experiment is. */
export type DetoxRowKind = 'baseline' | 'chosen' | 'dose' | 'random' | 'randomDraw' | 'wordFilter';

/** A chosen value vector. */
export interface DetoxVector {
  /** its name, such as L3N12 */
  neuron: string;
  /** from 0 */
  layer: number;
  /** from 0 */
  index: number;
  /** why it was chosen: the estimated change of the expected number of lexicon tokens a continuation, or the mean vector score of the words; absent when it was named */
  score?: Measured;
  /** the number that its coefficient is set to */
  setTo: Measured;
  /** the words it promotes most, against the mean word */
  top: TokenView[];
  /** the words it suppresses most */
  bottom: TokenView[];
}

/** How a detoxification experiment was done. */
export interface DetoxMethod {
  /** what came out, with its price, in a sentence */
  headline: string;
  /** whether doses count each neuron's own standard deviations from its mean, rather than being coefficients */
  inSpreads: boolean;
  /** how the vectors were chosen, in words */
  selection: string;
  /** how the coefficient was chosen, in words */
  coefficient: string;
  /** prompts of the choosing half that were used */
  choosingPrompts: number;
  /** prompts of the measuring half that were used */
  measuringPrompts: number;
  /** held-out texts of the measuring half */
  texts: number;
  /** their tokens with a loss */
  textTokens: number;
  /** words and phrases of the lexicon */
  lexiconWords: number;
  /** what the trained scorer is; absent without one */
  scorer?: string;
  /** share of held-out labelled texts it tells rightly; absent without one */
  scorerAccuracy?: Estimate;
}

/** The card of one neuron. */
export interface NeuronResult extends ResultHeader, ReadAgainst {
  /** layer and number, such as L3N812, both from 0 */
  name: string;
  /** from 0 */
  layer: number;
  /** its number in the layer, from 0 */
  neuron: number;
  /** length of its value vector as it reaches the residual stream */
  norm: Measured;
  /** words of the value vector for a coefficient of 1, one entry per lens */
  values: NeuronValueView[];
  /** shared by all of the top 30 words of the two lenses, 0 to 1; absent without a final norm */
  overlap?: Measured;
  /** what it listens for: one key, or gate and linear branch */
  keys: NeuronKeyView[];
  /** how a key is read in words */
  keyConvention: string;
  /** how many random vectors the null bands are taken from */
  nullVectors: number;
  /** how often it fires, without any intervention; absent where there is no text to read the model on, and for a gated neuron, which acts where its gate is shut, too */
  firing?: FiringView;
  /** what it usually does, without any intervention; absent where there is no text */
  habit?: HabitView;
  /** its coefficient at every position of the prompt, in order */
  coefficients: Measured[];
  /** the prefixes of the corpus that excite it most, first the one that does most */
  triggers: TriggerView[];
  /** how many sentences of the corpus were looked at */
  sentences: number;
  /** wall-clock time */
  milliseconds: Measured;
}

/** The words of a value vector by one lens. */
export interface NeuronValueView {
  /** how the vector became logits */
  convention: ConventionView;
  /** the words it promotes, highest first */
  top: TokenReading[];
  /** the words it suppresses, lowest first */
  bottom: TokenReading[];
  /** the highest logit that random vectors of this length reach */
  nullTop: Measured;
  /** the lowest */
  nullBottom: Measured;
  /** standard deviation of its logits over the vocabulary: a logit above the mean by one spread has the vector score 1, by which searches rank; absent under the final norm */
  spread?: Measured;
  /** under-trained tokens that would stand among the words listed */
  leftOut: number;
}

/** A direction that a neuron listens for. */
export interface NeuronKeyView {
  /** input, or gate and up of a gated MLP */
  branch: string;
  /** length of the key after the norm's gain */
  norm: Measured;
  /** what is added to the product */
  bias: Measured;
  /** the words whose embedding points along it most */
  top: TokenReading[];
  /** the words whose embedding points against it most */
  bottom: TokenReading[];
}

/** How often a neuron fires: at how many positions the argument of its non-linearity is above 0. */
export interface FiringView {
  /** share of the positions, 0 to 1 */
  rate: Measured;
  /** what was read */
  corpus: string;
  /** of it */
  positions: number;
}

/** What a neuron does on the model's text, not what its vector would do: of its coefficient m at all positions but attention sinks. */
export interface HabitView {
  /** the sign in which it usually acts, 1 or −1: that of the larger part of Σ|m|; where it is −1 the neuron raises what its vector suppresses */
  usualSign: number;
  /** share of positions with m < 0, 0 to 1 */
  negative: Measured;
  /** of m */
  mean: Measured;
  /** standard deviation of m: the unit of doses */
  deviation: Measured;
  /** of |m| */
  meanSize: Measured;
  /** mean |m|·‖v‖ as a share of its layer's sum of these, 0 to 1 */
  shareOfLayer: Measured;
  /** what was read */
  corpus: string;
  /** that the figures are about */
  positions: number;
}

/** A prefix that excites a neuron. */
export interface TriggerView {
  /** number of the sentence in the corpus, from 0 */
  sentence: number;
  /** the prefix and what follows it in the sentence */
  tokens: TokenView[];
  /** last position of the prefix, from 0 */
  position: number;
  /** the neuron's coefficient there */
  coefficient: Measured;
  /** what the coefficient becomes without the prefix's last token, as a share of what it was, −1 for nothing left; absent where nothing is left of the prefix */
  withoutLast?: Measured;
  /** the same without its first token */
  withoutFirst?: Measured;
  /** the same without a random one */
  withoutRandom?: Measured;
}

/** What feed-forward parts do to leading words over a corpus: the paper's tables 4, 9 and 10 and figures 3 and 6. */
export interface EventsResult {
  /** name of the model as it was asked for */
  model: string;
  /** prompts looked at, each after its last token */
  examples: number;
  /** saturation events: a feed-forward part before the last layer brought the answer to the first rank, where it stayed */
  saturations: number;
  /** elimination events: the deepest fall, in an example, of a leading word that is not the token at the position itself */
  eliminations: number;
  /** examples in which the answer leads after a layer before the last and from there on */
  early: number;
  /** what is counted apart: prompts left out, and eliminations as published */
  apart: EventsApart;
  /** scores of ten sub-updates for the word of an event */
  scores: EventScoresView[];
  /** one per layer */
  layers: EventLayerView[];
  /** layers an oracle saves that stops at the saturation layer */
  savedLayers: Estimate;
  /** size of score beyond which a value vector counts as extreme */
  threshold: Measured;
  /** how many value vectors passed it */
  extremeVectors: number;
  /** as a share of all value vectors, 0 to 1 */
  extremeShare: Measured;
  /** what was read */
  corpus: string;
  /** the groups of value vectors behind extreme scores; absent unless asked for */
  groups?: FunctionalGroupsView;
  /** how scores were taken */
  scoredBy: ConventionView;
  /** wall-clock time */
  seconds: Measured;
  /** where the result comes from */
  provenance: Provenance;
}

/** What is counted apart from the events of a report. */
export interface EventsApart {
  /** prompts of one token, which are in no figure */
  oneToken: number;
  /** prompts whose last position is an attention sink, which are in no figure */
  sinks: number;
  /** elimination events of the examples as the paper counts them: also where the token at the position ceases to read as itself */
  published: number;
}

/** Scores of ten sub-updates for the words of events, averaged over events. */
export interface EventScoresView {
  /** which events */
  event: FfnEventKind;
  /** dominant, or random ones of the same layer */
  subUpdates: string;
  /** averages of the largest, the mean and the smallest of the ten, logits */
  scores: ScoreExtremes;
}

/** Averages of the largest, the mean, the smallest and the mean size of ten scores, in logits without any norm. */
export interface ScoreExtremes {
  /** of the largest */
  max: Estimate;
  /** of the mean */
  mean: Estimate;
  /** of the smallest */
  min: Estimate;
  /** of the mean absolute score */
  size: Estimate;
}

/** One layer over a corpus. */
export interface EventLayerView {
  /** from 0 */
  layer: number;
  /** share of examples whose saturation layer it is, 0 to 1 */
  saturated: Estimate;
  /** scores of the ten dominant sub-updates for the word that led before it */
  leading: ScoreExtremes;
  /** the same without extreme value vectors */
  withoutExtreme: ScoreExtremes;
  /** first quartile of the ten's share of the sum of dominances, 0 to 1 */
  shareLower: Measured;
  /** its median */
  share: Estimate;
  /** its third quartile */
  shareUpper: Measured;
  /** the median share of ten random sub-updates */
  randomShare: Estimate;
}

/** The groups of value vectors behind extreme scores, and what the scores are without them. */
export interface FunctionalGroupsView {
  /** how many clusters all value vectors were parted into */
  clusters: number;
  /** extreme sub-updates in all */
  appearances: number;
  /** of them, those of the groups */
  covered: number;
  /** members of the groups */
  vectors: number;
  /** as a share of all value vectors, 0 to 1 */
  ofAll: Measured;
  /** on which groups were switched off */
  prompts: number;
  /** most appearances first */
  groups: FunctionalGroupView[];
  /** for each layer the scores for the word that led before it, of those of the ten that are in no group */
  layersWithout: ScoreExtremes[];
}

/** A cluster of value vectors that extreme scores come from. */
export interface FunctionalGroupView {
  /** its number */
  cluster: number;
  /** what its ten top words are in the prompts read: common words, rare words or other words */
  role: string;
  /** share of these words that are among the hundred most frequent of the prompts */
  common: Measured;
  /** how many extreme sub-updates were its members' */
  appearances: number;
  /** of all extreme sub-updates, 0 to 1 */
  share: Measured;
  /** their mean score for the leading word, logits */
  score: Measured;
  /** share of them in prompts of three tokens or fewer */
  shortPrompts: Measured;
  /** share of them where the leading word is the model's answer */
  settled: Measured;
  /** all members, such as L3N812 */
  neurons: string[];
  /** words the members promote most on average */
  top: TokenReading[];
  /** share of prompts whose answer is another with all members switched off */
  changed: Estimate;
  /** the same with as many random neurons of the same layers */
  changedRandom: Estimate;
  /** change of the answer's log-probability with all members off, nats */
  logProbability: Estimate;
  /** the same with the random neurons */
  logProbabilityRandom: Estimate;
}

/** What a model's parts do over a set of prompts. */
export interface SurveyResult {
  /** name of the model as it was asked for */
  model: string;
  /** how many were read */
  prompts: number;
  /** what they are */
  corpus: string;
  /** leading words that were compared */
  k: number;
  /** leading words in common, by layer */
  overlap: OverlapLayer[];
  /** what each norm does to words; empty where blocks read the stream as it is */
  norms: NormFilter[];
  /** neurons among the most active in nearly all prompts */
  active: ActiveNeuron[];
  /** as many to expect by chance */
  neuronsByChance: Measured;
  /** what it comes to */
  sentences: SurveySentences;
  /** wall-clock time */
  seconds: Measured;
  /** where the numbers come from */
  provenance: Provenance;
}

/** Shares of leading words in common within one layer, as means over prompts with their 95 % intervals. */
export interface OverlapLayer {
  /** from 0 */
  layer: number;
  /** the longest heads with all that attention adds */
  heads: Estimate;
  /** the other heads with the same */
  rest: Estimate;
  /** of the longest heads: the memory value of which they take most, with the head */
  values: Estimate;
  /** what attention adds with the stream that leaves the block */
  outputs: Estimate;
}

/** What one norm does to the words of the stream: their probabilities after it less those before. */
export interface NormFilter {
  /** from 0 */
  layer: number;
  /** 1 before attention, 2 before the MLP */
  norm: number;
  /** how much probability it moves */
  moved: NormMoved;
  /** the words that gain most in the mean over prompts, most first */
  gain: WordShift[];
  /** the words that lose most, most first */
  lose: WordShift[];
}

/** Probability moved: half the sum of |Δp| over the vocabulary. */
export interface NormMoved {
  /** of the stream */
  words: Estimate;
  /** of random vectors as long */
  random: Estimate;
}

/** A word whose probability changes. */
export interface WordShift {
  /** token id */
  id: number;
  /** what it decodes to */
  text: string;
  /** probability after less before, mean over prompts */
  change: Measured;
}

/** A neuron that is among the most active of its layer in nearly all prompts. */
export interface ActiveNeuron {
  /** from 0 */
  layer: number;
  /** from 0 */
  neuron: number;
  /** of the prompts in which it is, with its 95 % interval */
  share: Estimate;
  /** its value vector beside those of its layer */
  vector: ActiveVector;
  /** the leading words of the value vector */
  top: TokenReading[];
}

/** A value vector. */
export interface ActiveVector {
  /** its length */
  norm: Measured;
  /** share of the layer's value vectors that are shorter, 0 to 1 */
  longer: Measured;
  /** of its words, bits */
  entropy: Measured;
  /** of a sample of the layer's value vectors, bits */
  meanEntropy: Measured;
}

/** What a survey comes to: one sentence for each of its tables. */
export interface SurveySentences {
  /** of words shared */
  overlap: string;
  /** of what norms do to words */
  norms: string;
  /** of neurons that are always active */
  active: string;
}

/** A paper's study on a model: measured beside published. */
export interface ReproduceResult {
  /** name of the study */
  paper: string;
  /** the paper */
  source: string;
  /** name of the model as it was asked for */
  model: string;
  /** how many checks agree */
  passed: number;
  /** how many do not */
  failed: number;
  /** how many could not be compared on this model */
  notApplicable: number;
  /** what was compared, in order */
  checks: StudyCheckView[];
  /** the files of the report; empty when none was asked for */
  written: string[];
  /** wall-clock time */
  seconds: Measured;
  /** where the numbers come from */
  provenance: Provenance;
}

/** A published statement beside what was measured. */
export interface StudyCheckView {
  /** what is stated */
  name: string;
  /** the published value */
  published: string;
  /** the measured value; empty where nothing was measured */
  measured: string;
  /** whether they agree; absent where they cannot be compared */
  passed?: boolean;
  /** the bound that decides, or why nothing could be decided */
  note: string;
}

/** What a search found. */
export interface SearchResult extends ReadAgainst {
  /** the model */
  model: string;
  /** as it was asked */
  query: string;
  /** what scores are */
  ranking: SearchRanking;
  /** best first; equal scores by layer and neuron */
  hits: SearchHit[];
  /** vectors that passed the filters */
  searched: number;
  /** vectors of the sign asked for in whose own list a word stands beyond 300, which are no hits */
  weaker: number;
  /** from the query to the hits, without opening the model or the index */
  milliseconds: Measured;
  /** how words were read, where that is not plain */
  notes: string[];
  /** the index that was searched */
  index: IndexView;
  /** where the result comes from */
  provenance: Provenance;
}

/** What the score of a hit is. */
export type SearchRanking = 'vector' | 'raw' | 'cosine';

/** A vector found. */
export interface SearchHit {
  /** hook point at which it is added */
  at: string;
  /** what writes it: neuron, head or bias */
  kind: string;
  /** short name, such as L3N812, L3H5D0, L3.b_mlp */
  label: string;
  /** from 0 */
  layer: number;
  /** from 0; absent for heads and biases */
  neuron?: number;
  /** from 0; absent for neurons and biases */
  head?: number;
  /** rank of the singular direction of the head, from 0; absent for neurons and biases */
  direction?: number;
  /** by which it is ranked */
  score: Measured;
  /** 1 where the score is above 0, −1 where below, 0 where it is 0 */
  sign: number;
  /** length of the vector */
  norm: Measured;
  /** share of the corpus' positions at which the neuron fires, 0 to 1; absent where not measured */
  rate?: Measured;
  /** the words of the query: the form that fitted best, and what the vector gives it */
  words: SearchWord[];
  /** words it promotes most: scores above the mean over the vocabulary, and their softmax */
  top: TokenReading[];
  /** words it suppresses most */
  bottom: TokenReading[];
}

/** A word of a query as it fitted a vector. */
export interface SearchWord {
  /** the token; several where the word is not a single token */
  ids: number[];
  /** what they read as */
  text: string;
  /** what the vector is ranked by for this word; the mean over the tokens where there are several */
  score: Measured;
  /** the product e_w·v as it is */
  raw: Measured;
  /** its place among all words of the vector: from the promoted end where it stands above the vector's mean, from the suppressed end where below */
  rank: number;
}

/** An index of a model's vectors. */
export interface IndexView {
  /** how many */
  vectors: number;
  /** how many of the strongest, and of the weakest, words are kept of each */
  words: number;
  /** on disk */
  bytes: number;
  /** whether it was built for this request */
  built: boolean;
  /** text on which firing rates were measured; absent without */
  corpus?: string;
  /** positions of it; absent without */
  positions?: number;
}

/** An index, there or built. */
export interface IndexResult {
  /** the model */
  model: string;
  /** the index */
  index: IndexView;
  /** where it is */
  folder: string;
  /** it took */
  seconds: Measured;
  /** of the products with the vocabulary, by all of the time the build took; 0 where nothing was built */
  gigaflops: Measured;
  /** of what */
  provenance: Provenance;
}

/** Clusters of a model's value vectors, their mean taken off, by cosine distance: only of vectors that are closer than chance. */
export interface ClustersResult {
  /** the model */
  model: string;
  /** how far clusters are apart */
  linkage: Linkage;
  /** whether they are those of the definition */
  exact: boolean;
  /** vectors clustered among themselves; where fewer than all, every other vector joined the cluster whose farthest member is nearest */
  sampled: number;
  /** most memory taken for it */
  memoryBytes: number;
  /** the cosine that a member has to pass with the mean direction of the others: what one in a hundred models without any structure would pass with its closest pair */
  closerThan: Measured;
  /** how many there are */
  vectors: number;
  /** how many of them are in no cluster */
  inNone: number;
  /** of two members or more, largest first and then by cohesion */
  clusters: ClusterView[];
  /** it took */
  seconds: Measured;
  /** where the result comes from */
  provenance: Provenance;
}

/** A cluster of value vectors. */
export interface ClusterView {
  /** from 0, in the order of the clusters' first neurons */
  id: number;
  /** number of neurons */
  size: number;
  /** mean cosine of two different members, 1 where all point one way */
  cohesion: Measured;
  /** all members, such as L3N812 */
  neurons: string[];
  /** words the members promote most on average, against the mean word */
  top: TokenReading[];
}

/** How two models of one shape differ. */
export interface DiffResult {
  /** the first */
  model: string;
  /** the second, of whose weights the first's are taken off */
  other: string;
  /** those of blocks that differ, in the order of the computation */
  matrices: MatrixDifference[];
  /** how many matrices of blocks are equal to the bit */
  unchanged: number;
  /** the largest factors of the model */
  leading: LeadingFactor[];
  /** the largest factors of random differences of the same norms */
  control: LeadingFactor[];
  /** parameters outside of the blocks' matrices that differ */
  others: ParameterDifference[];
  /** other parameters of one model only, or of another shape, which are not compared */
  unmatched: number;
  /** what was found */
  sentence: string;
  /** of the second model */
  provenance: Provenance;
}

/** How a matrix of a block differs between two models. */
export interface MatrixDifference {
  /** from 0 */
  layer: number;
  /** W_Q, W_K, W_V, W_O, W_gate, W_in or W_out */
  matrix: string;
  /** Frobenius norm of the difference */
  norm: Measured;
  /** that norm in those of the first model's matrix */
  relative: Measured;
  /** the leading ones, largest first */
  factors: DifferenceFactor[];
}

/** One term σ·uᵀ·v of the singular value decomposition of a matrix's difference: where the input agrees with u, v is added to what the matrix gives, σ times as much as they agree. */
export interface DifferenceFactor {
  /** σ */
  weight: Measured;
  /** σ² among the squares of the whole difference */
  share: Measured;
  /** what triggers it: tokens whose embedding agrees most with u, seen through the norm; of W_O and W_out, with what goes into them for u */
  imprintTop: TokenReading[];
  /** what it says: words that v promotes most; of W_V, W_gate and W_in, those that the next matrix makes of v; absent for W_Q and W_K, which write no word */
  shiftTop?: TokenReading[];
}

/** A factor among those of the whole model. */
export interface LeadingFactor {
  /** of its matrix */
  layer: number;
  /** its short name */
  matrix: string;
  /** what it is */
  factor: DifferenceFactor;
}

/** How a parameter that is no matrix of a block differs, such as an embedding, a norm or a bias. */
export interface ParameterDifference {
  /** in the checkpoint */
  name: string;
  /** Euclidean norm of the difference */
  norm: Measured;
  /** that norm in those of the first model's parameter; infinite where that is zero */
  relative: Measured;
}

/** The inputs that share an activation. */
export interface InvertResult extends ResultHeader {
  /** the activation */
  query: InvertQueryView;
  /** what counts as the activation */
  convention: ActivationConvention;
  /** the same in words */
  conventionMeaning: string;
  /** how far apart two activations are */
  metric: ActivationMetric;
  /** bound of the set */
  epsilon: Measured;
  /** how members were looked for */
  reader: InvertReader;
  /** at which position of other inputs */
  match: PositionMatch;
  /** what was looked among, in words */
  among: string;
  /** how many that were */
  inputs: number;
  /** how many of them are members */
  size: number;
  /** whether all inputs there are were looked at; otherwise the size is that of a sample */
  exact: boolean;
  /** share of the inputs looked at that are members */
  acceptance: Measured;
  /** members drawn at random, then the nearest inputs outside, each by rising distance */
  samples: InvertSample[];
  /** the texts that were asked about */
  own: InvertSample[];
  /** what the set shares with the query */
  features: InvertFeature[];
  /** the set by rising bound */
  curve: InvertCurvePoint[];
  /** all places asked for, in order */
  places: InvertSiteView[];
  /** what became of the answer; absent where it was not asked for */
  swap?: InvertSwapView;
  /** how much the features explain; absent where it was not asked for */
  explained?: InvertExplained;
  /** it took */
  seconds: Measured;
}

/** The activation that was asked about. */
export interface InvertQueryView {
  /** the place */
  at: string;
  /** its published short name; absent where it has none */
  name?: string;
  /** from 0 */
  position: number;
  /** at that position */
  token: string;
  /** length of the activation */
  norm: Measured;
}

/** An input beside the query. */
export interface InvertSample {
  /** the whole input */
  text: string;
  /** its tokens as text */
  tokens: string[];
  /** of its activation from the query's */
  distance: Measured;
  /** at which it is nearest, from 0 */
  position: number;
  /** of the input under a decoder that knows the query's activation, nats; absent where none was asked */
  logProbability?: Measured;
  /** whether it is within ε */
  accepted: boolean;
}

/** How far the set shares a feature with the query. */
export interface InvertFeature {
  /** of the feature */
  name: string;
  /** that the query has */
  value: string;
  /** share of the set with it */
  consistency: Measured;
  /** of Wilson around it */
  interval: Estimate;
  /** share of all inputs with it */
  baseRate: Measured;
  /** consistency by base rate */
  lift: Measured;
  /** whether the set shares it and not because nearly all inputs do */
  read: boolean;
  /** share of the variance over inputs that goes with the mean activation of inputs with equal value, on inputs held out; absent where it was not asked for */
  explained?: Measured;
}

/** The set at another bound. */
export interface InvertCurvePoint {
  /** the bound */
  epsilon: Measured;
  /** inputs within it */
  size: number;
  /** of each feature, in their order; absent where the set is empty */
  consistency: Measured[];
}

/** What one of the places keeps of the query; side by side they show what is forgotten. */
export interface InvertSiteView {
  /** the place */
  at: string;
  /** its published short name; absent where it has none */
  name?: string;
  /** inputs within ε */
  size: number;
  /** how many of them are also within ε at the place before; absent at the first */
  shared?: number;
  /** of each feature, in the order of the features */
  consistency: Measured[];
  /** features that the place before shares and this does not */
  forgotten: string[];
}

/** What became of the answer with other inputs' activations in the query's place. */
export interface InvertSwapView {
  /** the likeliest word without a swap */
  answer: string;
  /** share of members that keep it */
  members: Estimate;
  /** mean D(query ‖ swapped) of members, nats */
  membersKl: Estimate;
  /** share of matched non-members that keep it */
  others: Estimate;
  /** mean D(query ‖ swapped) of them, nats */
  othersKl: Estimate;
}

/** How much of what the place holds the features explain (η², held-out inputs). */
export interface InvertExplained {
  /** on which it was measured */
  inputs: number;
  /** two features together, best first */
  pairs: InvertPair[];
  /** all features that are read together; absent where none is */
  whole?: Measured;
}

/** Two features together. */
export interface InvertPair {
  /** their names, × between */
  features: string;
  /** of the variance over inputs that they explain (η²) */
  share: Measured;
}

/** Where a model keeps the values of a task. */
export interface TraceValuesResult extends ResultHeader {
  /** what was found, in sentences */
  finding: string;
  /** the hook point, with {l} for the block */
  at: string;
  /** their names, the answer last */
  values: string[];
  /** how many */
  prompts: number;
  /** a row for each place and value */
  layers: TracedValueView[];
  /** why positions were not read as one vector; absent where they were */
  notJoined?: string;
  /** wall-clock time */
  seconds: Measured;
}

/** A value at a place. All numbers are of prompts that nothing was fitted to. */
export interface TracedValueView {
  /** from 0 */
  layer: number;
  /** from 0; absent where all positions are joined */
  position?: number;
  /** principal component of the largest |r|, from 1 */
  component: number;
  /** its name */
  value: string;
  /** correlation with that component, −1 to 1 */
  pearson: Measured;
  /** correlation with each component, by falling variance */
  components: Measured[];
  /** share of variance that a ridge regression explains */
  ridge: Measured;
  /** the same by partial least squares */
  pls: Measured;
  /** the least correlation of the component with it that is left when one other value is held fixed */
  partial: Measured;
  /** that other value; absent where there is none */
  given?: string;
  /** on circles of some periods; none where all positions are joined */
  circles: TracedCircle[];
  /** share of variance that a ridge regression on shuffled values explains */
  shuffled: Measured;
  /** mean |r| of random directions */
  random: Measured;
  /** causal, weak, not used or undetermined, at the place of the layer where it is read best; absent elsewhere */
  verdict?: string;
  /** change of the answer for one standard deviation of the value, in standard deviations of the answer; with verdict */
  effect?: Measured;
  /** the same along a random direction; with verdict */
  randomEffect?: Measured;
}

/** A value on a circle. */
export interface TracedCircle {
  /** how much of the value goes round once */
  period: Measured;
  /** whether it was chosen among many */
  free: boolean;
  /** share of the variance of cosine and sine that a ridge regression explains */
  explained: Measured;
}

/** What happens when a value is moved. */
export interface MoveValueResult extends ResultHeader {
  /** what was found, in sentences */
  finding: string;
  /** which is moved */
  value: string;
  /** the place */
  at: string;
  /** from 0; absent where all positions are joined */
  position?: number;
  /** pattern, component or ridge */
  direction: string;
  /** what the answer is: number, or next for the number that the next character stands for */
  answer: string;
  /** how many prompts */
  moved: number;
  /** by the value wanted */
  curve: DoseView[];
  /** of moving and rewriting */
  agreement: MoveAgreement;
  /** wall-clock time */
  seconds: Measured;
}

/** Means over prompts at one wanted value. */
export interface DoseView {
  /** by which the published formula multiplies the score, its median */
  multiplier: Measured;
  /** that stands for the value */
  score: Measured;
  /** answered when the score is moved there */
  output: Measured;
  /** wanted */
  value: Measured;
  /** whether prompts have such values */
  inside: boolean;
  /** answered by the published formula, which does not take off the mean */
  published: Measured;
  /** answered when moved as far along a random direction */
  random: Measured;
  /** answered when the number stands in the prompt; absent where no prompt can have it */
  rewritten?: Measured;
}

/** How alike moving a value and rewriting it are. */
export interface MoveAgreement {
  /** of score and value, on prompts that nothing was fitted to */
  correlation: Measured;
  /** share of the answer's change by rewriting that the change by moving explains; absent where prompts cannot be rewritten */
  outputR2?: Measured;
  /** R² of the score needed for a value, f_p, against that of rewritten prompts, f_a; absent where the answer is no regression */
  scoreR2?: Measured;
  /** median |f_p − f_a|; absent likewise */
  scoreDifference?: Measured;
  /** change of the answer along a random direction, by that along this one */
  randomShare?: Measured;
  /** share of pairs of prompts in which the other's score gives the answer that the other's value would; absent where prompts cannot be rewritten */
  interchange?: Measured;
  /** the same share when nothing is moved */
  interchangeUnmoved?: Measured;
  /** how many pairs */
  interchangePairs?: number;
}

/** Where two groups of inputs part. */
export interface SeparateResult {
  /** name of the model as it was asked for */
  model: string;
  /** what was found, in a sentence */
  finding: string;
  /** how many of each group */
  inputs: number[];
  /** whether positions count from the start; from the end where inputs differ in length */
  aligned: boolean;
  /** how many places were looked at */
  among: number;
  /** the best, in order */
  places: SeparatingPlaceView[];
  /** wall-clock time */
  seconds: Measured;
  /** where the result comes from */
  provenance: Provenance;
}

/** A place that tells the groups apart. */
export interface SeparatingPlaceView {
  /** the place: a head, which stands for what it adds, or a hook point */
  at: string;
  /** from 0 */
  layer?: number;
  /** from 0, or negative from the end */
  position: number;
  /** from 0; absent where the place is no head */
  head?: number;
  /** 2·AUC − 1 on inputs that nothing was fitted to */
  separation: Measured;
  /** share of the variance there that the group explains */
  invariance: Measured;
  /** share of the way to the first group's answers that setting the place goes; absent where it was not asked, or no answers differ */
  swap?: Measured;
  /** lower end of its 95 % interval; absent likewise */
  swapLow?: Measured;
  /** upper end; absent likewise */
  swapHigh?: Measured;
  /** the short name that published inversions have for it; absent where there is none */
  published?: string;
}

/** How a training run ended. */
export interface TrainResult {
  /** what was trained */
  recipe: string;
  /** steps done */
  steps: number;
  /** mean loss of the last rows of the loss curve, nats or squared units of the target */
  loss: Measured;
  /** whether these are all steps; if not, the run can be resumed */
  finished: boolean;
  /** training time, earlier parts of a resumed run included */
  seconds: Measured;
  /** folder of the model */
  output: string;
  /** measured quality of the written model, by name; empty if not finished */
  metrics: Record<string, Estimate>;
}

/** A model with random weights. */
export interface NewResult {
  /** its folder */
  written: string;
  /** architecture family, such as gpt2 */
  family: string;
  /** number of parameters */
  parameters: number;
  /** size of the weight file */
  bytes: number;
  /** of the random numbers */
  seed: number;
  /** type of the stored weights */
  dtype: string;
}

/** The quality of a model on the held-out questions of its task. */
export interface EvaluateResult {
  /** the model */
  model: string;
  /** measured qualities by name */
  metrics: Record<string, Estimate>;
  /** wall-clock time of the measurement */
  seconds: Measured;
  /** where the numbers come from */
  provenance: Provenance;
}

/** Rules by which tokens leave the network early, and what they give on examples they were not learned from. */
export interface ExitResult {
  /** name of the model as it was asked for */
  model: string;
  /** the rule put to use; chosen by the examples learned from unless asked for */
  rule: string;
  /** share of test predictions that are the whole network's where they left by it */
  accuracy: Measured;
  /** layers it saves on average over all test examples */
  savedLayers: Measured;
  /** time it saves in generation for each 1,000 tokens; absent without prompts */
  savedSeconds?: Measured;
  /** what was learned from and tested on */
  setup: ExitSetup;
  /** every rule, from never leaving to the oracle, which leaves exactly at saturation */
  rows: ExitRow[];
  /** continuations with and without early exit: by the rule put to use and, where that is another, by the paper's */
  generation: ExitGeneration[];
  /** the rule put to use; absent unless asked for */
  learned?: ExitRuleFile;
  /** where the result comes from */
  provenance: Provenance;
}

/** What rules for early exit were learned from and tested on. */
export interface ExitSetup {
  /** given texts, or the task whose texts they are */
  corpus: string;
  /** of the network */
  layers: number;
  /** learned from in all; each split leaves a tenth out */
  examples: number;
  /** held-out examples that thresholds were tuned on and nothing is tested on; 0 where a part of those learned from was taken */
  calibration: number;
  /** tested on in all */
  tests: number;
  /** how many times */
  splits: number;
  /** of value vectors */
  clusters: number;
  /** what thresholds were tuned to, at the lower end of the 95 % interval */
  agreement: Measured;
  /** what reading the vocabulary at a layer and staying costs, in layers, by the number of weights */
  readingCost: Measured;
}

/** What one rule for early exit gives on test examples. */
export interface ExitRow {
  /** of the rule; never runs the whole network, oracle leaves exactly at saturation */
  name: string;
  /** share of predictions that are the whole network's, over all splits, with its 95 % interval */
  accuracy: Estimate;
  /** standard deviation between splits */
  accuracyStd: Measured;
  /** layers saved on average over all test examples */
  savedLayers: Measured;
  /** standard deviation between splits */
  savedLayersStd: Measured;
  /** the same as a share of all layers */
  savedShare: Measured;
  /** layers saved on average over the examples that agree, as the paper counts */
  savedLayersOfRight: Measured;
  /** examples that left after each layer; the last are those that did not leave */
  leftAt: number[];
}

/** Continuations with early exit beside those of the whole network, taken in turns. */
export interface ExitGeneration {
  /** by which tokens left */
  rule: string;
  /** how skipped layers got their keys and values */
  lateKeys: LateKeys;
  /** share of the tokens that the whole network would have chosen after the same tokens, with its 95 % interval */
  agreement: Estimate;
  /** layers saved on average */
  savedLayers: Measured;
  /** with early exit */
  tokensPerSecond: Measured;
  /** of the whole network */
  tokensPerSecondWhole: Measured;
  /** share of the time saved; negative where it takes longer */
  savedTime: Measured;
  /** tokens that left after each layer; the last are those that did not leave */
  leftAt: number[];
}

/** A rule for early exit as exit -o writes it and generate --early-exit reads it. One of the last three is there. */
export interface ExitRuleFile {
  /** of the form: 1 */
  version: number;
  /** the model it was learned on */
  model: string;
  /** SHA-256 of that model's weights and of what is laid over them, hexadecimal */
  weightHash: string;
  /** name of the rule */
  rule: string;
  /** probability of the likeliest token from which on a token leaves, after each layer but the last; above 1 where it is not read */
  confidence?: Measured[];
  /** logistic regressions on the stream */
  probes?: ExitProbes;
  /** examples to compare the clusters of dominant sub-updates with */
  subUpdates?: ExitMemory;
}

/** Logistic regressions on the residual stream after each layer but the last. */
export interface ExitProbes {
  /** score from which on a token leaves, in logits */
  threshold: Measured;
  /** for each layer one for each dimension */
  weights: Measured[][];
  /** for each layer what is added */
  biases: Measured[];
}

/** Remembered examples, by the clusters of their dominant sub-updates. */
export interface ExitMemory {
  /** whether clusters are compared rank by rank (the authors' code) or as sets (the paper) */
  ranked: boolean;
  /** for each layer the cluster of each neuron */
  clusters: number[][];
  /** for each layer but the last what is remembered there */
  layers: ExitMemoryLayer[];
}

/** The examples remembered at one layer, by saturation layer. */
export interface ExitMemoryLayer {
  /** each with the layer it saturated at */
  examples: ExitMemoryExample[];
}

/** An example remembered at one layer. */
export interface ExitMemoryExample {
  /** the layer it saturated at, this one or a later */
  saturation: number;
  /** of its dominant sub-updates here, most dominant first */
  clusters: number[];
}

/** What terms mean. */
export interface ExplainResult {
  /** the one asked for, or all of them by their names */
  terms: GlossaryTerm[];
}

/** A term and what it means. */
export interface GlossaryTerm {
  /** the term */
  name: string;
  /** what it means, one sentence */
  meaning: string;
  /** what else there is to know, a few sentences; code stands between backticks */
  more: string;
  /** other words for it; absent when there are none */
  also?: string[];
  /** terms that belong to it; absent when there are none */
  see?: string[];
}

/** The jobs known, newest first. */
export interface JobsResult {
  /** the jobs, their results left out */
  jobs: JobView[];
}

/** A piece of long work. */
export interface JobView {
  /** names the job */
  id: string;
  /** what it does */
  verb: Verb;
  /** what it is about in a word or two, such as a model; absent where it is not kept on disk */
  subject?: string;
  /** where it is in its life */
  state: JobState;
  /** how far it is; absent before it starts */
  progress?: Progress;
  /** when it was accepted, ISO 8601 */
  submittedAt: string;
  /** when it started, ISO 8601; absent before */
  startedAt?: string;
  /** when it ended, ISO 8601; absent before */
  finishedAt?: string;
  /** whether it can go on where it ended, by POST /api/v1/jobs/ID/resume; absent where it cannot */
  resumable?: boolean;
  /** what was asked, of a job that is kept on disk; absent from lists */
  request?: unknown;
  /** the result record of the verb; absent until done */
  result?: unknown;
  /** what there is to download of it, under the job and files/; empty until done */
  files: JobFile[];
  /** why it failed; absent unless it did */
  problem?: Problem;
}

/** Where a job is in its life; the last four are final. */
export type JobState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted';

/** How far a job is. */
export interface Progress {
  /** units done */
  done: number;
  /** units in all; absent when unknown */
  total?: number;
  /** what is counted, in the plural, such as tokens */
  unit: string;
  /** estimated seconds left; absent when unknown */
  etaSeconds?: Measured;
}

/** A file that a finished job has to offer: a form of its result, or what it wrote. */
export interface JobFile {
  /** the last part of its path under the job */
  name: string;
  /** its media type */
  type: string;
}

/** What went wrong, as RFC 9457 problem details. */
export interface Problem {
  /** a relative reference that names the kind */
  type: string;
  /** short title of the kind */
  title: string;
  /** HTTP status */
  status: number;
  /** one line: what was expected, what was found, where, and what to do */
  detail: string;
  /** the kind */
  kind: ProblemKind;
  /** the request field concerned */
  field?: string;
}

/** The kinds of refusal and failure, with the HTTP status each is answered by. */
export type ProblemKind = 'malformed' | 'unauthorized' | 'forbidden' | 'notFound' | 'methodNotAllowed' | 'tooLarge' | 'unsupportedMediaType' | 'invalid' | 'cancelled' | 'failed' | 'busy';

/** What can be asked: the command-line verb, the end of the server's path and the pair of records are one. */
export type Verb = 'health' | 'models' | 'pull' | 'info' | 'tokenize' | 'complete' | 'generate' | 'score' | 'activations' | 'parity' | 'lens' | 'attribution' | 'heads' | 'flow' | 'compare' | 'patch' | 'ffn' | 'gradients' | 'edit' | 'apply' | 'evaluate-edits' | 'detox' | 'neuron' | 'events' | 'survey' | 'reproduce' | 'search' | 'index' | 'clusters' | 'diff' | 'invert' | 'trace-values' | 'move-value' | 'separate' | 'train' | 'new' | 'evaluate' | 'exit' | 'explain' | 'jobs';

/** What the result of every verb says of itself, beside its own fields. */
export interface Result {
  /** The version of the form of results; it grows when a name or the meaning of one changes. */
  schemaVersion: number;
  /** What the result does not capture, in one sentence. */
  method: string;
}

/** What each verb takes and gives: POST /api/v1/{verb}. */
export interface Verbs {
  /** Whether the workbench is up. */
  'health': { request: HealthRequest; result: HealthResult };
  /** The models at hand. */
  'models': { request: ModelsRequest; result: ModelsResult };
  /** A model from the hub, into the cache. */
  'pull': { request: PullRequest; result: PullResult };
  /** What a model is. */
  'info': { request: InfoRequest; result: InfoResult };
  /** The tokens of a text. */
  'tokenize': { request: TokenizeRequest; result: TokenizeResult };
  /** The words of the vocabulary that begin with a prefix. */
  'complete': { request: CompleteRequest; result: CompleteResult };
  /** A continuation of a prompt. */
  'generate': { request: GenerateRequest; result: GenerateResult };
  /** The loss of a text. */
  'score': { request: ScoreRequest; result: ScoreResult };
  /** Activations in a file. */
  'activations': { request: ActivationsRequest; result: ActivationsResult };
  /** The distance to reference numbers. */
  'parity': { request: ParityRequest; result: ParityResult };
  /** Vocabulary readings of hook points. */
  'lens': { request: LensRequest; result: LensResult };
  /** Which components raised or lowered a word. */
  'attribution': { request: AttributionRequest; result: AttributionResult };
  /** Where attention heads look and what they move. */
  'heads': { request: HeadsRequest; result: HeadsResult };
  /** The forward pass as a graph. */
  'flow': { request: FlowRequest; result: FlowResult };
  /** A prompt without and with interventions, side by side. */
  'compare': { request: CompareRequest; result: CompareResult };
  /** What one run computed, put into another, cell by cell. */
  'patch': { request: PatchRequest; result: PatchResult };
  /** Which neuron pushed which word. */
  'ffn': { request: FfnRequest; result: FfnResult };
  /** What a gradient would write into the weights, in words. */
  'gradients': { request: GradientsRequest; result: GradientsResult };
  /** Patches after which the model says something else. */
  'edit': { request: EditRequest; result: EditResult };
  /** An edited model on the disk, or an adapter of its edits. */
  'apply': { request: ApplyRequest; result: ApplyResult };
  /** How well edits of a file of cases go. */
  'evaluate-edits': { request: EvaluateEditsRequest; result: EvaluateEditsResult };
  /** Value vectors set to make continuations less toxic, beside controls. */
  'detox': { request: DetoxRequest; result: DetoxResult };
  /** What one neuron listens for and writes. */
  'neuron': { request: NeuronRequest; result: NeuronResult };
  /** What feed-forward parts do to leading words over a corpus. */
  'events': { request: EventsRequest; result: EventsResult };
  /** What heads, norms and neurons do to words, over many prompts. */
  'survey': { request: SurveyRequest; result: SurveyResult };
  /** A paper's study, taken again. */
  'reproduce': { request: ReproduceRequest; result: ReproduceResult };
  /** Vectors by the words they promote or suppress. */
  'search': { request: SearchRequest; result: SearchResult };
  /** The index that is searched. */
  'index': { request: IndexRequest; result: IndexResult };
  /** Clusters of value vectors. */
  'clusters': { request: ClustersRequest; result: ClustersResult };
  /** How two models of one shape differ, in words. */
  'diff': { request: DiffRequest; result: DiffResult };
  /** Which inputs share an activation, and what they have in common. */
  'invert': { request: InvertRequest; result: InvertResult };
  /** Where a model keeps the numbers that it computes with. */
  'trace-values': { request: TraceValuesRequest; result: TraceValuesResult };
  /** What a model answers when a number inside it is moved. */
  'move-value': { request: MoveValueRequest; result: MoveValueResult };
  /** Where two groups of inputs part. */
  'separate': { request: SeparateRequest; result: SeparateResult };
  /** A model trained by a recipe. */
  'train': { request: TrainRequest; result: TrainResult };
  /** A model with random weights. */
  'new': { request: NewRequest; result: NewResult };
  /** The quality of a model on its task. */
  'evaluate': { request: EvaluateRequest; result: EvaluateResult };
  /** Rules for leaving the network early, and what they save. */
  'exit': { request: ExitRequest; result: ExitResult };
  /** What a term means. */
  'explain': { request: ExplainRequest; result: ExplainResult };
  /** The jobs known. */
  'jobs': { request: JobsRequest; result: JobsResult };
}

/** The data of each kind of event in GET /api/v1/jobs/{id}/events. */
export interface JobEvents {
  /** The job entered another state; the last event of a stream is one whose state is final. */
  state: JobView;
  /** Work was done. */
  progress: Progress;
  /** A token was generated. */
  token: GeneratedToken;
}
