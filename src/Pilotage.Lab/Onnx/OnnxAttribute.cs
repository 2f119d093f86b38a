using Pilotage.Lab.Protobuf;

namespace Pilotage.Lab.Onnx;

/// <summary>An attribute of an operator. Field numbers and kinds: onnx.proto3, <c>AttributeProto</c>.</summary>
internal sealed class OnnxAttribute
{
    private const int NumberKind = 1;
    private const int IntegerKind = 2;
    private const int IntegersKind = 7;
    private readonly MessageWriter _message = new();

    private OnnxAttribute(string name, int kind) => _message.Text(1, name).Integer(20, kind);

    public MessageWriter Message => _message;

    public static OnnxAttribute Of(string name, float value)
    {
        var attribute = new OnnxAttribute(name, NumberKind);
        attribute._message.Single(2, value);
        return attribute;
    }

    public static OnnxAttribute Of(string name, long value)
    {
        var attribute = new OnnxAttribute(name, IntegerKind);
        attribute._message.Integer(3, value);
        return attribute;
    }

    public static OnnxAttribute OfList(string name, params ReadOnlySpan<long> values)
    {
        var attribute = new OnnxAttribute(name, IntegersKind);
        foreach (var value in values) attribute._message.Integer(8, value);
        return attribute;
    }
}
