package io.orderflow.messaging.serialization;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orderflow.api.MessageTypes;
import io.orderflow.api.MessageTypes.MessageType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.ChainingConverter;
import org.axonframework.serialization.Converter;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.UnknownSerializedType;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.module.blackbird.BlackbirdModule;

/**
 * Writes messages as JSON under their contract name and revision ({@link MessageTypes}), never under the name of a Java
 * class; anything else (metadata, snapshots) under its class name. Stored bytes and published bytes are the same.
 *
 * <p>A contract name or a revision that this release does not know is read as {@link UnknownSerializedType}, so that the
 * caller can tell another release's message from a broken one. Earlier revisions of events are upcast before they come
 * here.
 */
public final class ContractSerializer implements Serializer {

    private static final String METADATA = "metadata";

    private final JsonMapper mapper = JsonMapper.builder()
            .addModule(new BlackbirdModule())
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .changeDefaultPropertyInclusion(value -> value.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();
    private final ObjectReader metadata =
            mapper.readerFor(mapper.getTypeFactory().constructMapType(HashMap.class, String.class, String.class));
    private final Converter converter = new ChainingConverter();
    private final Map<Class<?>, SerializedType> types = new HashMap<>();
    private final Map<String, Class<?>> messages = new HashMap<>();

    public ContractSerializer() {
        for (MessageTypes contract : List.of(MessageTypes.EVENTS, MessageTypes.COMMANDS)) {
            for (Class<?> message : contract.classes()) {
                MessageType type = contract.typeOf(message).orElseThrow();
                types.put(message, new SimpleSerializedType(type.name(), type.revision()));
                messages.putIfAbsent(type.name(), message);
            }
        }
    }

    /** The JSON mapping of messages, for those who need a message's JSON outside of storage and transport. */
    public JsonMapper mapper() {
        return mapper;
    }

    @Override
    public <T> SerializedObject<T> serialize(@Nullable Object object, Class<T> representation) {
        try {
            byte[] json = mapper.writeValueAsBytes(object);
            return new SimpleSerializedObject<>(
                    converter.convert(json, representation), representation, typeOf(object));
        } catch (JacksonException e) {
            throw new SerializationException("Cannot write " + typeOf(object).getName() + " as JSON", e);
        }
    }

    private SerializedType typeOf(@Nullable Object object) {
        return object == null ? SerializedType.emptyType() : typeForClass(object.getClass());
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the signature is Axon's
    public <S, T> @Nullable T deserialize(SerializedObject<S> serialized) {
        if (SerializedType.emptyType().equals(serialized.getType())) {
            return null;
        }
        Class<?> type = classForType(serialized.getType());
        if (UnknownSerializedType.class.isAssignableFrom(type)) {
            return (T) new UnknownSerializedType(this, serialized);
        }
        if (type.isAssignableFrom(serialized.getContentType())) {
            return (T) serialized.getData();
        }
        byte[] json = converter.convert(serialized, byte[].class).getData();
        try {
            return (T)
                    (type == MetaData.class ? MetaData.from(metadata.readValue(json)) : mapper.readValue(json, type));
        } catch (JacksonException e) {
            throw new SerializationException(
                    "Cannot read " + serialized.getType().getName() + " from its JSON", e);
        }
    }

    @Override
    public <T> boolean canSerializeTo(Class<T> representation) {
        return converter.canConvert(byte[].class, representation);
    }

    @Override
    public Class<?> classForType(SerializedType type) {
        if (SerializedType.emptyType().equals(type)) {
            return Void.class;
        }
        if (METADATA.equals(type.getName())) {
            return MetaData.class;
        }
        Class<?> message = messages.get(type.getName());
        if (message != null) {
            return type.equals(types.get(message)) ? message : UnknownSerializedType.class;
        }
        return classNamed(type.getName());
    }

    private static Class<?> classNamed(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            return UnknownSerializedType.class; // Axon's way to say: not of this release
        }
    }

    @Override
    public SerializedType typeForClass(@Nullable Class type) {
        if (type == null || Void.TYPE.equals(type) || Void.class.equals(type)) {
            return SimpleSerializedType.emptyType();
        }
        if (MetaData.class.isAssignableFrom(type)) {
            return new SimpleSerializedType(METADATA, null);
        }
        SerializedType message = types.get(type);
        return message == null ? new SimpleSerializedType(type.getName(), null) : message;
    }

    @Override
    public Converter getConverter() {
        return converter;
    }
}
