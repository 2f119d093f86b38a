namespace Pilotage.Language.Models;

/// <summary>How a token's place enters a language model.</summary>
public enum PositionEncoding : byte
{
    /// <summary>A trained row for each place, added to the token's: places beyond the context length do not exist.</summary>
    Learned,

    /// <summary>Queries and keys are turned by their place (arXiv:2104.09864).</summary>
    Rotary,
}
