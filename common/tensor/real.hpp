#pragma once

namespace nn {

/// The scalar of every tensor: double in tests (to be sure), float in programs (to be fast). Write constants as
/// Real{2}.
using Real = COURSE_REAL;

}  // namespace nn
