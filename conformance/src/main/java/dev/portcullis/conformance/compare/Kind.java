package dev.portcullis.conformance.compare;

import dev.portcullis.conformance.generate.ClusterMaker;
import dev.portcullis.conformance.generate.ConfigMaker;
import dev.portcullis.conformance.generate.Dice;
import dev.portcullis.conformance.generate.FaultyPods;
import dev.portcullis.conformance.generate.LabelMaker;
import dev.portcullis.conformance.generate.PodMaker;
import dev.portcullis.conformance.generate.Policies;
import dev.portcullis.conformance.generate.ReviewMaker;
import dev.portcullis.conformance.json.Json;
import dev.portcullis.conformance.json.Json.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What is asked. Each kind makes its cases from a seed and their index alone. */
public enum Kind {
  /** Pods, each at four levels and versions. */
  PODS("pods", 128, 0.95, 0) {
    @Override
    Question question(Dice dice) {
      return new Question(evaluate(dice).put("pod", PodMaker.pod(dice)));
    }
  },
  /** Pods with wrong types, repeated members or broken text. */
  FAULTY_PODS("faulty-pods", 128, 0.05, 0) {
    @Override
    Question question(Dice dice) {
      Obj question = evaluate(dice);
      FaultyPods.add(dice, question);
      return new Question(question);
    }

    @Override
    boolean hasUnreadFaults() {
      return true;
    }
  },
  /** Labels of namespaces over defaults. */
  LABELS("labels", 128, 0, 0.2) {
    @Override
    Question question(Dice dice) {
      return new Question(
          new Obj()
              .put("op", Json.text("labels"))
              .put("defaults", LabelMaker.defaults(dice))
              .put("labels", dice.chance(0.02) ? Json.NULL : LabelMaker.labels(dice)));
    }
  },
  /** Configuration files. */
  CONFIGURATIONS("configurations", 128, 0, 0.2) {
    @Override
    Question question(Dice dice) {
      return new Question(
          new Obj()
              .put("op", Json.text("config"))
              .put("content", Json.text(ConfigMaker.text(dice))));
    }
  },
  /** Requests about pods. */
  POD_REQUESTS("pod-requests", 64, 0, 0.45) {
    @Override
    Question question(Dice dice) {
      return review(dice, ReviewMaker::ofPod);
    }

    @Override
    int mostPods() {
      return 0;
    }
  },
  /** Requests about what makes pods. */
  CONTROLLER_REQUESTS("controller-requests", 64, 0, 0.25) {
    @Override
    Question question(Dice dice) {
      return review(dice, ReviewMaker::ofController);
    }

    @Override
    int mostPods() {
      return 0;
    }
  },
  /** Requests about namespaces, most of them updates that try existing pods. */
  NAMESPACE_REQUESTS("namespace-requests", 64, 0, 0.2) {
    @Override
    Question question(Dice dice) {
      return review(dice, ReviewMaker::ofNamespace);
    }

    @Override
    int mostPods() {
      return 100;
    }
  },
  /** Requests with faults in the review or in its objects. */
  FAULTY_REQUESTS("faulty-requests", 64, 0, 0.1) {
    @Override
    Question question(Dice dice) {
      return review(dice, ReviewMaker::faulty);
    }

    @Override
    int mostPods() {
      return 10;
    }

    @Override
    boolean hasUnreadFaults() {
      return true;
    }
  };

  private final String title;
  private final int size;
  private final double ofPods;
  private final double ofRequests;

  Kind(String title, int size, double ofPods, double ofRequests) {
    this.title = title;
    this.size = size;
    this.ofPods = ofPods;
    this.ofRequests = ofRequests;
  }

  /** {@return its name in reports and on the command line} */
  public String title() {
    return title;
  }

  /** {@return how many questions a batch has} */
  public int size() {
    return size;
  }

  /**
   * {@return how many of these a run has that was asked for so many pods and requests} Labels and
   * configurations come on top of the requests.
   */
  public long share(long pods, long requests) {
    return Math.round(pods * ofPods + requests * ofRequests);
  }

  /** {@return the batch of this index} */
  public Batch batch(long seed, long index) {
    List<Question> questions = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      questions.add(question(Dice.of(seed, title, index * size + i)));
    }
    Obj setup =
        mostPods() < 0 ? null : ClusterMaker.setup(Dice.of(seed, title + "/", index), mostPods());
    return new Batch(setup, questions);
  }

  abstract Question question(Dice dice);

  /** {@return how many pods a batch's cluster has at most; negative where there is no cluster} */
  int mostPods() {
    return -1;
  }

  /** {@return whether its cases have faults in fields that nobody reads} */
  boolean hasUnreadFaults() {
    return false;
  }

  private static Obj evaluate(Dice dice) {
    return new Obj()
        .put("op", Json.text("evaluate"))
        .put("at", Policies.names(Policies.pairs(dice, 4)));
  }

  private static Question review(Dice dice, Function<Dice, Obj> maker) {
    return new Question(
        new Obj()
            .put("op", Json.text("admission"))
            .put("setup", Json.text("s"))
            .put("review", maker.apply(dice)));
  }
}
