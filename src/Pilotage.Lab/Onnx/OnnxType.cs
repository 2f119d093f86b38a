namespace Pilotage.Lab.Onnx;

/// <summary>Element types of an ONNX value, by their numbers in the format (onnx.proto3, <c>TensorProto.DataType</c>).</summary>
internal enum OnnxType
{
    Single = 1,
    Integer = 7,                                         // of 64 bits
    Boolean = 9,
    Double = 11,
}
