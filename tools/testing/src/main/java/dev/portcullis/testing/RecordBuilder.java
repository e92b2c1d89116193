package dev.portcullis.testing;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a record of a few components by name; the others are absent: null where that is allowed,
 * else false, 0, an empty text, list or map. So a test that names what it is about does not change
 * when a record gets one more component.
 */
public final class RecordBuilder<R extends Record> {
  private final Class<R> type;
  private final Map<String, @Nullable Object> given = new HashMap<>();

  private RecordBuilder(Class<R> type) {
    this.type = type;
  }

  /** Begins with a record whose components are all absent. */
  public static <R extends Record> RecordBuilder<R> of(Class<R> type) {
    return new RecordBuilder<>(type);
  }

  /** Gives a component its value. */
  public RecordBuilder<R> with(String component, @Nullable Object value) {
    given.put(component, value);
    return this;
  }

  /**
   * {@return the record}
   *
   * @throws IllegalArgumentException for a name that no component has, a value of another type, or
   *     one that the record's constructor refuses
   */
  public R build() {
    RecordComponent[] components = type.getRecordComponents();
    var types = new Class<?>[components.length];
    var values = new @Nullable Object[components.length];
    var left = new HashMap<>(given);
    for (int i = 0; i < components.length; i++) {
      String name = components[i].getName();
      types[i] = components[i].getType();
      values[i] = left.containsKey(name) ? left.remove(name) : absent(components[i]);
    }
    if (!left.isEmpty()) {
      throw new IllegalArgumentException(type.getSimpleName() + " has no " + left.keySet());
    }
    try {
      var constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (InvocationTargetException refused) {
      throw new IllegalArgumentException(type.getSimpleName() + ": " + given, refused.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(type.getSimpleName() + " cannot be made here", e);
    }
  }

  private static @Nullable Object absent(RecordComponent component) {
    AnnotatedElement annotated = component.getAnnotatedType();
    Class<?> type = component.getType();
    if (annotated.isAnnotationPresent(Nullable.class)) {
      return null;
    }
    if (type == boolean.class) {
      return false;
    }
    if (type == int.class) {
      return 0;
    }
    if (type == long.class) {
      return 0L;
    }
    if (type == String.class) {
      return "";
    }
    if (type == List.class) {
      return List.of();
    }
    return type == Map.class ? Map.of() : null;
  }
}
