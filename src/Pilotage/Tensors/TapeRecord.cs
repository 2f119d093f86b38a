using Pilotage.Tensors.Kernels;

namespace Pilotage.Tensors;

/// <summary>What a managed tape recorded, as the backward pass reads it.</summary>
/// <param name="Device">Where the step computes.</param>
/// <param name="Nodes">In the order of computation.</param>
/// <param name="Parts">Inputs of concatenations and operators.</param>
/// <param name="Settings">Of operators.</param>
/// <param name="Functions">Checkpointed ones.</param>
/// <param name="Scratch">Memory for the time of one operation.</param>
/// <param name="Workers">Threads that help; null for none.</param>
internal readonly record struct TapeRecord(Device Device, Node[] Nodes, int[] Parts, OperatorSettings[] Settings, List<Func<Tensor, Tensor>> Functions, Arena Scratch, Workers? Workers);
