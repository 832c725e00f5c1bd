import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import opennlp.tools.ml.model.MaxentModel;
import opennlp.tools.ml.model.SequenceClassificationModel;
import opennlp.tools.util.BeamSearchContextGenerator;
import opennlp.tools.util.Sequence;
import opennlp.tools.util.SequenceValidator;

/**
 * The most probable outcomes for a sequence of items, as OpenNLP's own beam search finds them, in half the time.
 *
 * <p>It is for models that look back at two outcomes and no further. Of ten paths to a place most end in the same two, so the
 * model is asked once for such a pair, and not for each path. A path is a chain, and no copy of all that is before it; one that
 * is worse than the worst of a full beam is not made.
 */
final class Beam<T> implements SequenceClassificationModel<T> {
  private static final double LEAST = -100000; // as OpenNLP has it: what is below is no path

  private final int size;
  private final MaxentModel model;
  private final String[] names;

  Beam(int size, MaxentModel model) {
    this.size = size;
    this.model = model;
    names = getOutcomes();
  }

  @Override
  public Sequence bestSequence(
      T[] items, Object[] more, BeamSearchContextGenerator<T> features, SequenceValidator<T> validator) {
    Paths paths = new Paths(1);
    paths.add(null, -1, 0, 0);
    for (int place = 0; place < items.length; place++) {
      Paths next = new Paths(size);
      Map<Integer, Step> steps = new HashMap<>();
      for (int i = 0; i < paths.count && !next.isFullAbove(paths.best[i].score); i++) {
        Path path = paths.best[i];
        Step step = steps.get(path.lastTwo(names.length));
        if (step == null) {
          step = step(place, items, more, path.outcomes(names, place), features, validator);
          steps.put(path.lastTwo(names.length), step);
        }
        next.addAll(path, step, step.likely);
        if (next.count == 0) {
          next.addAll(path, step, step.valid);
        }
      }
      paths = next;
    }
    return paths.count == 0 ? null : sequence(paths.best[0], items.length);
  }

  /** What may come at a place after the outcomes before it, of which the last two count. */
  private Step step(
      int place, T[] items, Object[] more, String[] before,
      BeamSearchContextGenerator<T> features, SequenceValidator<T> validator) {
    double[] probabilities = model.eval(features.getContext(place, items, before, more));
    double[] sorted = probabilities.clone();
    Arrays.sort(sorted);
    double least = sorted[Math.max(0, sorted.length - size)];
    double[] logarithms = new double[names.length];
    int[] valid = new int[names.length];
    int[] likely = new int[names.length];
    int validCount = 0;
    int likelyCount = 0;
    for (int outcome = 0; outcome < names.length; outcome++) {
      if (validator.validSequence(place, items, before, names[outcome])) {
        logarithms[outcome] = StrictMath.log(probabilities[outcome]);
        valid[validCount++] = outcome;
        if (probabilities[outcome] >= least) {
          likely[likelyCount++] = outcome;
        }
      }
    }
    return new Step(
        probabilities, logarithms, Arrays.copyOf(valid, validCount), Arrays.copyOf(likely, likelyCount));
  }

  private Sequence sequence(Path last, int length) {
    String[] outcomes = last.outcomes(names, length);
    double[] probabilities = new double[length];
    Path path = last;
    for (int i = length - 1; i >= 0; i--) {
      probabilities[i] = path.probability;
      path = path.before;
    }
    Sequence sequence = new Sequence();
    for (int i = 0; i < length; i++) {
      sequence.add(outcomes[i], probabilities[i]);
    }
    return sequence;
  }

  @Override
  public Sequence[] bestSequences(
      int count, T[] items, Object[] more, BeamSearchContextGenerator<T> features, SequenceValidator<T> validator) {
    throw new UnsupportedOperationException("only the best one is looked for");
  }

  @Override
  public Sequence[] bestSequences(
      int count, T[] items, Object[] more, double least,
      BeamSearchContextGenerator<T> features, SequenceValidator<T> validator) {
    throw new UnsupportedOperationException("only the best one is looked for");
  }

  @Override
  public String[] getOutcomes() {
    String[] outcomes = new String[model.getNumOutcomes()];
    Arrays.setAll(outcomes, model::getOutcome);
    return outcomes;
  }

  private static final class Step {
    final double[] probabilities;
    final double[] logarithms;
    final int[] valid;
    final int[] likely;

    Step(double[] probabilities, double[] logarithms, int[] valid, int[] likely) {
      this.probabilities = probabilities;
      this.logarithms = logarithms;
      this.valid = valid;
      this.likely = likely;
    }
  }

  private static final class Path {
    final Path before;
    final int outcome;
    final double probability;
    final double score;

    Path(Path before, int outcome, double probability, double score) {
      this.before = before;
      this.outcome = outcome;
      this.probability = probability;
      this.score = score;
    }

    /** A number for the last two outcomes, of as many as there are. */
    int lastTwo(int outcomes) {
      return (before == null ? -1 : before.outcome) * (outcomes + 1) + outcome;
    }

    String[] outcomes(String[] names, int length) {
      String[] found = new String[length];
      Path path = this;
      for (int i = length - 1; i >= 0; i--) {
        found[i] = names[path.outcome];
        path = path.before;
      }
      return found;
    }
  }

  /** The best paths to a place, the best first. */
  private static final class Paths {
    final Path[] best;
    int count;

    Paths(int size) {
      best = new Path[size];
    }

    void addAll(Path before, Step step, int[] outcomes) {
      for (int outcome : outcomes) {
        double score = before.score + step.logarithms[outcome];
        if (score > LEAST && !isFullAbove(score)) {
          add(before, outcome, step.probabilities[outcome], score);
        }
      }
    }

    /** Whether there is no room for a path of that score; one of its own only makes it lower. */
    boolean isFullAbove(double score) {
      return count == best.length && best[count - 1].score >= score;
    }

    void add(Path before, int outcome, double probability, double score) {
      int at = count < best.length ? count++ : count - 1;
      while (at > 0 && best[at - 1].score < score) {
        best[at] = best[--at];
      }
      best[at] = new Path(before, outcome, probability, score);
    }
  }
}
