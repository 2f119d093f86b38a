using System.Runtime.InteropServices;

namespace Pilotage.Tensors.Kernels;

/// <summary>A number that the compiler knows: the size of the type. A tile of each size is compiled from one text, without the rows and vectors that it lacks.</summary>
/// <remarks>A size is folded before anything is inlined; a constant property would be folded after, when the inliner's budget is already spent on dead branches.</remarks>
internal interface ICount;

[StructLayout(LayoutKind.Sequential, Size = 1)]
internal readonly struct One : ICount;

[StructLayout(LayoutKind.Sequential, Size = 2)]
internal readonly struct Two : ICount;

[StructLayout(LayoutKind.Sequential, Size = 3)]
internal readonly struct Three : ICount;

[StructLayout(LayoutKind.Sequential, Size = 4)]
internal readonly struct Four : ICount;

[StructLayout(LayoutKind.Sequential, Size = 5)]
internal readonly struct Five : ICount;

[StructLayout(LayoutKind.Sequential, Size = 6)]
internal readonly struct Six : ICount;
