package dev.portcullis.advice.export;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One exported policy in cel-java, with the API server's order of things. */
final class CelPolicy {
  private static final Cel CEL =
      CelFactory.legacyCelBuilder()
          .setOptions(CelOptions.current().enableHeterogeneousNumericComparisons(true).build())
          .addVar("object", SimpleType.DYN)
          .addVar("oldObject", SimpleType.DYN)
          .addVar("request", SimpleType.DYN)
          .addVar("authorizer", SimpleType.DYN)
          .addVar("namespaceObject", SimpleType.DYN)
          .addVar("variables", MapType.create(SimpleType.STRING, SimpleType.DYN))
          .addCompilerLibraries(CelExtensions.strings(), CelExtensions.optional())
          .addRuntimeLibraries(CelExtensions.strings(), CelExtensions.optional())
          // The one function of Kubernetes' own list library that the policies use.
          .addFunctionDeclarations(
              CelFunctionDecl.newFunctionDeclaration(
                  "indexOf",
                  CelOverloadDecl.newMemberOverload(
                      "list_index_of",
                      SimpleType.INT,
                      ListType.create(SimpleType.DYN),
                      SimpleType.DYN)))
          .addFunctionBindings(
              CelFunctionBinding.from(
                  "list_index_of",
                  List.class,
                  Object.class,
                  (list, element) -> (long) list.indexOf(element)))
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .build();

  /** Policies share most expressions, and compiling is what takes time. */
  private static final Map<String, CelRuntime.Program> COMPILED = new HashMap<>();

  private final Map<String, CelRuntime.Program> variables = new LinkedHashMap<>();
  private final List<Map<String, CelRuntime.Program>> validations = new ArrayList<>();
  private final Map<String, CelRuntime.Program> annotations = new LinkedHashMap<>();

  @SuppressWarnings("unchecked")
  CelPolicy(Map<String, Object> policy) {
    var spec = (Map<String, Object>) policy.get("spec");
    for (var variable : (List<Map<String, String>>) spec.get("variables")) {
      variables.put(variable.get("name"), compiled(variable.get("expression")));
    }
    for (var validation : (List<Map<String, String>>) spec.getOrDefault("validations", List.of())) {
      validations.add(
          Map.of(
              "expression",
              compiled(validation.get("expression")),
              "messageExpression",
              compiled(validation.get("messageExpression"))));
    }
    for (var annotation :
        (List<Map<String, String>>) spec.getOrDefault("auditAnnotations", List.of())) {
      annotations.put(annotation.get("key"), compiled(annotation.get("valueExpression")));
    }
  }

  /** What a request is, as the API server presents it. */
  record Input(Map<String, Object> values) {
    static Input create(Map<String, Object> object, Map<String, String> labels) {
      return new Input(
          Map.of(
              "object",
              object,
              "request",
              request("CREATE", "pods", "somebody"),
              "namespaceObject",
              Map.of("metadata", Map.of("name", "shop", "labels", labels))));
    }

    Input with(String name, Object value) {
      var all = new HashMap<>(values);
      all.put(name, value);
      return new Input(all);
    }

    static Map<String, Object> request(String operation, String resource, String user) {
      return Map.of(
          "operation",
          operation,
          "namespace",
          "shop",
          "resource",
          Map.of("resource", resource),
          "userInfo",
          Map.of("username", user));
    }
  }

  /** {@return the message of the validation that fails, or an empty text} */
  String message(Input input) {
    for (var validation : validations) {
      if (!(Boolean) eval(validation.get("expression"), input)) {
        return (String) eval(validation.get("messageExpression"), input);
      }
      // The API server evaluates messages of what passes, too.
      eval(validation.get("messageExpression"), input);
    }
    return "";
  }

  Map<String, String> annotations(Input input) {
    var values = new LinkedHashMap<String, String>();
    annotations.forEach((key, program) -> {
      String value = (String) eval(program, input);
      if (!value.isEmpty()) {
        values.put(key, value);
      }
    });
    return values;
  }

  private Object eval(CelRuntime.Program program, Input input) {
    var all = new HashMap<String, Object>(input.values());
    all.put("variables", new Lazy(all));
    return eval(program, all);
  }

  private static Object eval(CelRuntime.Program program, Map<String, Object> input) {
    try {
      return program.eval(input);
    } catch (CelEvaluationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static CelRuntime.Program compiled(String expression) {
    return COMPILED.computeIfAbsent(
        expression,
        text -> {
          try {
            return CEL.createProgram(CEL.compile(text).getAst());
          } catch (CelValidationException | CelEvaluationException e) {
            throw new IllegalArgumentException(text + "\n" + e.getMessage(), e);
          }
        });
  }

  /** Variables, evaluated when they are first used and once. */
  private final class Lazy extends AbstractMap<String, Object> {
    private final Map<String, Object> input;
    private final Map<String, Object> known = new HashMap<>();

    Lazy(Map<String, Object> input) {
      this.input = input;
    }

    @Override
    public boolean containsKey(Object key) {
      return variables.containsKey(key);
    }

    @Override
    public Object get(Object key) {
      Object value = known.get(key);
      if (value == null) {
        value = eval(variables.get(key), input);
        known.put((String) key, value);
      }
      return value;
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
      throw new UnsupportedOperationException();
    }
  }
}
