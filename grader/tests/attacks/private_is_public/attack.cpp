#define private public
#define protected public
#define double float
#define not_implemented() throw 0
#include "testing/session.hpp"
