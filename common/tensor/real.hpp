#pragma once

namespace nn {

/// The scalar type of every tensor: double in tests (for accuracy), float in programs (for speed). Write constants as
/// Real{2}.
using Real = COURSE_REAL;

}  // namespace nn
