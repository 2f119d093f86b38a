namespace Pilotage.Language.Generation;

/// <summary>A response as it was drawn.</summary>
/// <param name="Tokens">Its tokens, the end token included where one was drawn.</param>
/// <param name="LogProbabilities">Of each token under the model at the sampling's temperature and the grammar's mask, before the filters: bit for bit what <see cref="Models.LanguageModel.Forward"/> says.</param>
/// <param name="Reason">Why it ended.</param>
public sealed record Completion(int[] Tokens, float[] LogProbabilities, FinishReason Reason);
