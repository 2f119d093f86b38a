using Pilotage.Language.Models;
using Pilotage.Language.Tokenizers;

namespace Pilotage.Language.Checkpoints;

/// <summary>What a checkpoint folder holds.</summary>
/// <param name="Model">Its model, ready to learn.</param>
/// <param name="Tokenizer">Its tokenizer; <see langword="null"/> where the folder has none.</param>
public sealed record LanguageCheckpoint(LanguageModel Model, ITokenizer? Tokenizer);
