"""The doors to tasks and their types."""

from sandbox.activecampaign.tasks import endpoints, kinds

ROUTES = (
    ("GET", "/dealTasks", endpoints.list_tasks),
    ("POST", "/dealTasks", endpoints.create_task),
    ("GET", "/dealTasks/{id}", endpoints.get_task),
    ("PUT", "/dealTasks/{id}", endpoints.change_task),
    ("PATCH", "/dealTasks/{id}", endpoints.change_task),
    ("DELETE", "/dealTasks/{id}", endpoints.delete_task),
    ("GET", "/deals/{id}/tasks", endpoints.of_a_deal),
    ("GET", "/dealTasktypes", kinds.list_types),
    ("POST", "/dealTasktypes", kinds.create_type),
    ("GET", "/dealTasktypes/{id}", kinds.get_type),
    ("PUT", "/dealTasktypes/{id}", kinds.change_type),
    ("DELETE", "/dealTasktypes/{id}", kinds.delete_type),
    ("PUT", "/dealTasktypes/{id}/dealTasks", kinds.move_tasks),
)
