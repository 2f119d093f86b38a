namespace Pilotage.Tensors.Operators;

/// <summary>Elements (of four bytes) that an operator takes besides its output.</summary>
/// <param name="Kept">From the forward pass until the step ends: <see cref="OperatorCall.Kept"/>.</param>
/// <param name="ForwardScratch">During the forward call: <see cref="OperatorCall.Scratch"/>.</param>
/// <param name="BackwardScratch">During the backward call: <see cref="OperatorCall.Scratch"/>.</param>
internal readonly record struct OperatorMemory(int Kept = 0, int ForwardScratch = 0, int BackwardScratch = 0);
